import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { announce, announcing, happened, onceEach, RULE, type Rule } from './announcing.ts';

/** Lives that are lived; a broken rule is found out sooner, and the search ends there. */
const RUNS = 300;
const LONGEST_SEARCH = 5000;

const promise = (rule: Rule) =>
  fc.asyncProperty(announcing, fc.scheduler(), async (each, scheduler) => {
    const { left, pending, told, history } = await announce(each, rule, scheduler);
    // Nothing is left to be said in the end.
    expect({ left, pending }).toEqual({ left: undefined, pending: [] });
    // An id stands for one change, the changes are told in their order, and none is missing.
    const changes = onceEach(told);
    expect(told.filter((change) => !changes.some((one) => JSON.stringify(one) === JSON.stringify(change)))).toEqual([]);
    expect(changes.map(({ version }) => version)).toEqual(changes.map((_, index) => index + 1));
    // What was told was so.
    expect(happened(changes, history)).toBe(true);
  });

const broken = (rule: Partial<Rule>) =>
  fc.check(promise({ ...RULE, ...rule }), { numRuns: LONGEST_SEARCH, seed: 1, endOnFailure: true });

describe('whatever order, repetition or fault announcers meet', () => {
  it('each change of access is told at least once, in order, under one id, and at the end nothing is left', async () => {
    await fc.assert(promise(RULE), { numRuns: RUNS });
  });
});

describe('the lives notice', () => {
  it.each<[string, Partial<Rule>]>([
    ['when two announcers may write the same version', { guardsVersion: false }],
    ['when records are read before what was announced about them', { readsAnnouncedFirst: false }],
    ['when nobody looks again after telling', { looksAgain: false }],
    ['when a change is told before it is written', { writesFirst: false }],
  ])('%s', async (_what, rule) => {
    expect(await broken(rule)).toMatchObject({ failed: true });
  });
});
