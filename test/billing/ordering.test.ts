import { describe, expect, it } from '@jest/globals';
import { ageOf, asOfEvent, asOfFetch } from '../../billing/ordering.ts';

describe('an event against what is known', () => {
  const known = { from: 100, to: 103 };

  it('is newer when nothing is known', () => expect(ageOf(1, undefined)).toBe('newer'));
  it('is newer when it was made after the record was surely true', () => expect(ageOf(104, known)).toBe('newer'));
  it('is older when it was made before the record can have been true', () => expect(ageOf(99, known)).toBe('older'));
  it.each([100, 101, 103])('is unclear in between and in the same second (%i)', (created) => {
    expect(ageOf(created, known)).toBe('unclear');
  });
  it('is unclear against another event of the same second', () => expect(ageOf(100, asOfEvent(100))).toBe('unclear'));
});

describe('a fetch', () => {
  it('was true some time between the question and the answer, less a second that the Date header dropped', () => {
    expect(asOfFetch(100, 0)).toEqual({ from: 99, to: 100 });
    expect(asOfFetch(100, 1)).toEqual({ from: 98, to: 100 });
    expect(asOfFetch(100, 2500)).toEqual({ from: 96, to: 100 });
  });
});
