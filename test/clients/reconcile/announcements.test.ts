import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decideAccess } from '../../../billing/access.ts';
import type { AccessChange } from '../../../billing/access-change.ts';
import { subscriptionRecord, type SubscriptionRecord } from '../../../billing/subscription.ts';
import { announcedAccess } from '../../../clients/access-changes/announced.ts';
import { announcer } from '../../../clients/access-changes/announcer.ts';
import { unannounced } from '../../../clients/access-changes/unannounced.ts';
import type { AccessCheck } from '../../../clients/reconcile/context.ts';
import { DAY } from '../../support/subscription.ts';
import { openAccount, type Account } from './account.ts';

let account: Account;
let now: number;
let told: AccessChange[];
let asked: string[];

beforeEach(async () => {
  account = await openAccount();
  now = Math.floor(Date.now() / 1000);
  told = [];
  asked = [];
});
afterEach(() => account.stop());

/** Announces on a bus that keeps what it was told, unless it is not to. */
function access(tell = (changes: readonly AccessChange[]) => void told.push(...changes)): AccessCheck {
  const decide = (records: readonly SubscriptionRecord[], at: number) => decideAccess(records, at, { graceDays: 7 });
  const rule = { decide, now: () => now };
  const bus = { tell: async (changes: readonly AccessChange[]) => tell(changes) };
  const announce = announcer({ access: announcedAccess(account.store), bus, ...rule });
  return {
    unannounced: (items, from) => unannounced(items, from, rule),
    announce: async (userId) => {
      asked.push(userId);
      return announce(userId);
    },
  };
}

const types = () => told.map(({ type, userId }) => `${userId} ${type}`).toSorted();

/** Users whose access was announced. */
async function announced(...userIds: string[]) {
  const made = new Map<string, SubscriptionRecord>();
  for (const userId of userIds) made.set(userId, subscriptionRecord(await account.subscribe(userId)));
  await account.run({ access: access() });
  told = [];
  asked = [];
  return made;
}

describe('what reconcile announces', () => {
  it('is what was not announced, once; then it looks at nobody', async () => {
    await account.subscribe('ada');
    await account.subscribe('bob');
    await account.run({ access: access() });
    expect(types()).toEqual(['ada access.granted', 'bob access.granted']);
    asked = [];
    await account.run({ access: access() });
    expect([types(), asked]).toEqual([['ada access.granted', 'bob access.granted'], []]);
  });

  it('is what time alone has changed', async () => {
    const made = await announced('ada', 'bob');
    const { id = '' } = made.get('ada') ?? {};
    await account.spoil('ada', id, { ...made.get('ada'), cancelAt: now + DAY });
    // Told by the stream, before its time is over.
    await access().announce('ada');
    asked = [];
    now += 2 * DAY;
    await account.run({ access: access(), subscriptions: { ...account.parts().subscriptions, page: nothing } });
    expect(types()).toEqual(['ada access.at_risk', 'ada access.lost']);
    expect(asked).toEqual(['ada']);
  });

  it('is what was about to be told when somebody died', async () => {
    await announced('bob');
    await account.subscribe('ada');
    const dies = access(() => {
      throw new Error('killed');
    });
    await account.run({ access: dies });
    expect(types()).toEqual([]);
    await account.run({ access: access() });
    expect(types()).toEqual(['ada access.granted']);
  });

  it('is the same however small the pages are', async () => {
    const names = ['ada', 'bob', 'cleo', 'dan', 'eve', 'fay'];
    for (const name of names) await account.subscribe(name);
    await account.run({ access: access(), pageSize: 1 });
    expect(types()).toEqual(names.map((name) => `${name} access.granted`));
    await account.run({ access: access(), pageSize: 1 });
    expect(types()).toHaveLength(names.length);
  });

  it('is looked for where a page of the table has cut a user’s items in two', async () => {
    const [[id = '', record] = []] = await announced('ada');
    const ended = { ...record, status: 'canceled' };
    const item = { pk: 'ada', sk: `subscription#${id}`, record: ended, asOf: { from: 1, to: 1 }, version: 1 };
    expect(access().unannounced([item], { pk: 'ada', sk: 'access' })).toEqual(['ada']);
    expect(access().unannounced([item], { pk: 'aaa', sk: 'access' })).toEqual([]);
  });

  it('of one user does not wait for another’s that cannot be announced, which is in the report', async () => {
    const made = await announced('ada', 'bob');
    const { id: mine = '' } = made.get('bob') ?? {};
    await account.stripe.subscriptions.cancel(mine);
    const check = access();
    const announce = async (userId: string) => {
      if (userId === 'ada') throw new Error('not today');
      return check.announce(userId);
    };
    const { report } = await account.run({ access: { unannounced: () => ['ada', 'bob'], announce } });
    expect(report.failed).toMatchObject({ count: 1, first: [{ id: 'ada', cause: 'Error: not today' }] });
    expect(types()).toEqual(['bob access.lost']);
  });
});

/** A page of Stripe's list with nothing on it, where the records are not to be repaired. */
const nothing = async () => ({ subscriptions: [], more: false });
