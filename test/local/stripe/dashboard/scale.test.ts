import { expect, it } from '@jest/globals';
import { leastWidth, placeIn, ticksOf } from '../../../../local/stripe/pages/dashboard/time-line/scale.ts';

const at = (text: string): number => Date.parse(`${text}Z`) / 1000;
const span = (from: string, to: string) => ({ from: at(from), to: at(to) });
const YEAR = span('2026-11-23T12:00', '2027-11-23T12:00');

it('times are placed in proportion, with room at both ends, and none beyond them', () => {
  const place = placeIn(YEAR);
  expect(place(YEAR.from)).toBe(2);
  expect(place(YEAR.to)).toBe(98);
  expect(place((YEAR.from + YEAR.to) / 2)).toBe(50);
  expect([place(YEAR.from - 1), place(YEAR.to + 1)]).toEqual([2, 98]);
});

it('a year is marked with its months, the new year by its number', () => {
  const labels = ticksOf(YEAR).map(({ label }) => label);
  expect(labels).toEqual(['Dec', '2027', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov']);
  expect(ticksOf(YEAR)[1]).toMatchObject({ at: at('2027-01-01T00:00'), strong: true });
});

it('a month is marked with its weeks', () => {
  const labels = ticksOf(span('2027-01-20T12:00', '2027-02-20T12:00')).map(({ label }) => label);
  expect(labels).toEqual(['27 Jan', '3 Feb', '10 Feb', '17 Feb']);
});

it('ten years are marked with their Januaries', () => {
  const ticks = ticksOf(span('2026-11-23T12:00', '2036-11-23T12:00'));
  expect(ticks.map(({ label }) => label)).toEqual(Array.from({ length: 10 }, (_, index) => String(2027 + index)));
});

it('a year fits on a phone; more is as wide as it takes to be read, up to a limit', () => {
  expect(leastWidth(YEAR)).toBeNull();
  expect(leastWidth(span('2026-11-23T12:00', '2028-11-23T12:00'))).toBe(800);
  expect(leastWidth(span('2026-11-23T12:00', '2076-11-23T12:00'))).toBe(6000);
});
