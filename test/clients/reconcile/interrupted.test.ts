import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../support/counting.ts';
import { openAccount, type Account } from './account.ts';

const USERS = ['ada', 'bob'];
/** Pages of one: the account has two of them. */
const pageSize = 1;

let account: Account;
/** What is true at Stripe, which does not change here. */
let truth: Awaited<ReturnType<Account['truth']>>;
let owners: Map<string, string>;
beforeEach(async () => {
  account = await openAccount();
  const made = new Map<string, string>();
  for (const user of USERS) made.set((await account.subscribe(user)).id, user);
  owners = made;
  truth = await account.truth();
  await account.run();
});
afterEach(() => account.stop());

/** Every second record is spoiled by hand. @returns how many */
async function drift(): Promise<number> {
  const wrong = [...truth].filter((_, index) => index % 2 === 0);
  for (const [id, record] of wrong)
    await account.spoil(owners.get(id) ?? '', id, { ...record, status: 'unpaid', quantity: 9 });
  return wrong.length;
}

describe('a run that was interrupted', () => {
  it('anywhere goes on from there: each subscription is looked at once, and each repair reported once', async () => {
    for (let answers = 0, interrupted = true; interrupted; answers += 1) {
      const wrong = await drift();
      let asked = 0;
      const first = await account.run({ pageSize, stop: () => (asked += 1) > answers });
      interrupted = first.ended === 'stopped';
      const last = interrupted ? await account.run({ pageSize }) : first;
      expect(last.ended).toBe('finished');
      expect(last.report).toMatchObject({ seen: USERS.length, repaired: { count: wrong } });
      expect(first.found.length + (interrupted ? last.found.length : 0)).toBe(USERS.length);
      expect(await account.recorded()).toEqual(truth);
    }
  });

  it.each([
    ['before', 'dynamo'],
    ['after', 'dynamo'],
    ['before', 'calls'],
    ['after', 'calls'],
  ] as const)('by each call in turn failing %s its effect (%s) ends with every record equal', async (fault, side) => {
    for (let sound = 0, hit = true; hit; sound += 1) {
      await drift();
      account[side].taken();
      account[side].break([...Array<Fault>(sound).fill('none'), fault]);
      await account.run({ pageSize }).catch(() => {});
      hit = account[side].taken().length > sound;
      account[side].break([]);
      // What failed on its own is in the report, and looked at again by the next run.
      while ((await account.run({ pageSize })).report.failed.count > 0);
      expect(await account.recorded()).toEqual(truth);
    }
  });

  it('asks for no more records one by one than it may: the others wait for a run that Stripe shows everything', async () => {
    for (const [id, user] of owners) await account.spoil(user, `${id}_gone`, { ...truth.get(id), id: `${id}_gone` });
    const { report } = await account.run({ asks: 1 });
    expect(report.missing.count).toBe(1);
    expect((await account.run()).report.missing.count).toBe(USERS.length);
  });

  it('longer than a day ago is begun anew', async () => {
    const now = Math.floor(Date.now() / 1000);
    let asked = 0;
    await account.run({ pageSize, now, stop: () => (asked += 1) > 2 });
    const { run, report } = await account.run({ pageSize, now: now + 2 * 86_400 });
    expect(run.startedAt).toBe(now + 2 * 86_400);
    expect(report.seen).toBe(USERS.length);
  });

  it('by Stripe forgetting where it was begins its list anew', async () => {
    let asked = 0;
    await account.run({ pageSize, stop: () => (asked += 1) > 3 });
    const { ended, report } = await account.run(({ subscriptions }) => ({
      pageSize,
      subscriptions: {
        ...subscriptions,
        page: (after, limit) =>
          asked++ === 4 ? subscriptions.page('sub_forgotten', limit) : subscriptions.page(after, limit),
      },
    }));
    expect(ended).toBe('finished');
    expect(report).toMatchObject({ seen: USERS.length, equal: USERS.length });
  });
});

describe('two runs at once', () => {
  it('do no harm: one of them ends, the other has the whole report, and every record is right', async () => {
    const wrong = await drift();
    const both = await Promise.all([account.run({ pageSize }), account.run({ pageSize })]);
    expect(both.map(({ ended }) => ended).toSorted()).toEqual(['finished', 'taken over']);
    const repaired = both.flatMap(({ found }) => found.filter(({ kind }) => kind === 'repaired'));
    expect(repaired).toHaveLength(wrong);
    expect(both.find(({ ended }) => ended === 'finished')?.report.seen).toBe(USERS.length);
    expect(await account.recorded()).toEqual(truth);
  });
});

describe('what a run knows of the one before', () => {
  it('is how many there were, for the time that is left', async () => {
    expect((await account.run()).run.expected).toBe(USERS.length);
  });

  it('is since when to look for undelivered events: four days before it began, or thirty days back', async () => {
    const now = Math.floor(Date.now() / 1000) + 50 * 86_400;
    expect((await account.run({ now })).run.eventsSince).toBe(now - 30 * 86_400);
    expect((await account.run({ now: now + 3600 })).run.eventsSince).toBe(now - 4 * 86_400);
  });
});
