import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { ageOf } from '../../billing/ordering.ts';
import { history, live, type Rule } from './history.ts';

/** Histories that are lived; a broken rule is found out sooner, and the search ends there. */
const RUNS = 500;
const LONGEST_SEARCH = 5000;
const rule: Rule = { age: ageOf, guardsVersion: true };

const never = (broken: Rule) =>
  fc.check(
    fc.asyncProperty(history, fc.scheduler(), async (each, scheduler) => {
      const { known, truth } = await live(each, broken, scheduler);
      expect(known).toEqual(truth);
    }),
    { numRuns: LONGEST_SEARCH, seed: 1, endOnFailure: true },
  );

describe('whatever order, repetition, delay or fault events come with', () => {
  it('the record ends equal to Stripe', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.scheduler(), async (each, scheduler) => {
        const { known, truth } = await live(each, rule, scheduler);
        expect(known).toEqual(truth);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('the histories notice', () => {
  it('when an event of the same second counts as newer', async () => {
    const eager: Rule['age'] = (created, known) => (created === known?.to ? 'newer' : ageOf(created, known));
    expect(await never({ ...rule, age: eager })).toMatchObject({ failed: true });
  });

  it('when an event of the same second counts as older', async () => {
    const lazy: Rule['age'] = (created, known) => (ageOf(created, known) === 'newer' ? 'newer' : 'older');
    expect(await never({ ...rule, age: lazy })).toMatchObject({ failed: true });
  });

  it('when a fetch is written over what came in between', async () => {
    expect(await never({ ...rule, guardsVersion: false })).toMatchObject({ failed: true });
  });
});
