import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { subscriptionRecord } from '../../../billing/subscription.ts';
import { openAccount, type Account } from './account.ts';

let account: Account;
beforeEach(async () => {
  account = await openAccount();
});
afterEach(() => account.stop());

const FAR_AHEAD = { from: 9_000_000_000, to: 9_000_000_000 };

/** A user whose record is as it should be. */
async function settled(userId: string) {
  const subscription = await account.subscribe(userId);
  await account.run();
  return { subscription, record: subscriptionRecord(subscription) };
}

describe('a record that drifted', () => {
  it('because it was lost is written anew', async () => {
    const { subscription } = await settled('ada');
    await account.lose('ada', subscription.id);
    const { report } = await account.run();
    expect(report.repaired.first).toMatchObject([{ subscriptionId: subscription.id, userId: 'ada', before: null }]);
    expect(await account.recorded()).toEqual(await account.truth());
  });

  it('because somebody changed it is repaired, with just the fields that differed', async () => {
    const { subscription, record } = await settled('ada');
    await account.spoil('ada', subscription.id, { ...record, status: 'canceled', quantity: 7 });
    const { report, found } = await account.run();
    const repair = {
      subscriptionId: subscription.id,
      userId: 'ada',
      before: { status: 'canceled', quantity: 7 },
      after: { status: 'active', quantity: 1 },
      because: 'unexplained',
    };
    expect(report).toMatchObject({ seen: 1, equal: 0, repaired: { count: 1, first: [repair] }, unexplained: 1 });
    expect(found).toEqual([{ kind: 'repaired', repair }]);
    expect(await account.recorded()).toEqual(await account.truth());
  });

  it('and claims to be of a later time than all events is repaired all the same', async () => {
    const { subscription, record } = await settled('ada');
    await account.spoil('ada', subscription.id, { ...record, status: 'unpaid' }, FAR_AHEAD);
    expect((await account.run()).report.repaired.count).toBe(1);
    expect(await account.recorded()).toEqual(await account.truth());
  });

  it('because an earlier version did not keep a field is no mystery', async () => {
    const { subscription, record } = await settled('ada');
    const { endedBecause: _, hasPaymentMethod: __, ...earlier } = record;
    await account.spoil('ada', subscription.id, earlier);
    const { report } = await account.run();
    expect(report).toMatchObject({ repaired: { first: [{ because: 'new fields' }] }, unexplained: 0 });
  });

  it('is looked at once: the next run finds all equal', async () => {
    const { subscription, record } = await settled('ada');
    await account.spoil('ada', subscription.id, { ...record, quantity: 7 });
    await account.run();
    expect((await account.run()).report).toMatchObject({ seen: 1, equal: 1, repaired: { count: 0 } });
  });
});

describe('an event that was not delivered', () => {
  /** An endpoint that nobody answers at: whatever happens is undelivered from now on. */
  const deaf = () =>
    account.stripe.webhookEndpoints.create({ url: 'http://127.0.0.1:9/webhook', enabled_events: ['*'] });

  it('is applied first, so that the comparison finds nothing', async () => {
    const { subscription } = await settled('ada');
    await deaf();
    await account.stripe.subscriptions.cancel(subscription.id);
    const { report } = await account.run();
    expect(report).toMatchObject({ undelivered: 1, applied: 1, equal: 1, repaired: { count: 0 } });
    expect(await account.recorded()).toEqual(await account.truth());
  });

  it('accounts for a record that differs all the same', async () => {
    const { subscription, record } = await settled('ada');
    await deaf();
    await account.stripe.subscriptions.cancel(subscription.id);
    await account.spoil('ada', subscription.id, record, FAR_AHEAD);
    const { report } = await account.run();
    expect(report).toMatchObject({ repaired: { first: [{ because: 'undelivered' }] }, unexplained: 0 });
  });

  it('accounts for a change that happened while the run was under way', async () => {
    const { subscription } = await settled('ada');
    await deaf();
    const { report } = await account.run(({ subscriptions }) => ({
      subscriptions: {
        ...subscriptions,
        page: async (...place) => {
          await account.stripe.subscriptions.cancel(subscription.id);
          return subscriptions.page(...place);
        },
      },
    }));
    expect(report).toMatchObject({ undelivered: 0, repaired: { first: [{ because: 'undelivered' }] }, unexplained: 0 });
  });
});

describe('also reported', () => {
  it('are subscriptions of nobody we know, which are left alone', async () => {
    const { id } = await account.subscribe(null);
    const { report } = await account.run();
    expect(report).toMatchObject({ seen: 1, unowned: { count: 1, first: [id] }, repaired: { count: 0 } });
    expect(await account.recorded()).toEqual(new Map());
  });

  it('are users with several live subscriptions, whatever page of the table they stand on', async () => {
    const { subscription } = await settled('ada');
    const { id: second } = await account.subscribe('ada', subscription);
    await settled('bob');
    const { found } = await account.run({ pageSize: 1 });
    const subscriptionIds = [subscription.id, second].toSorted();
    const duplicate = { userId: 'ada', customerId: subscription.customer, subscriptionIds };
    expect(found.filter(({ kind }) => kind === 'duplicate')).toEqual([{ kind: 'duplicate', duplicate }]);
  });

  it('are live records that Stripe does not know, but not ended ones', async () => {
    const { record } = await settled('ada');
    await account.spoil('ada', 'sub_gone', { ...record, id: 'sub_gone' });
    await account.spoil('ada', 'sub_ended', { ...record, id: 'sub_ended', status: 'canceled' });
    const { report } = await account.run();
    expect(report.missing).toEqual({ count: 1, first: [{ userId: 'ada', subscriptionId: 'sub_gone' }] });
  });

  it('are records that cannot be read, and they keep nobody else from being looked at', async () => {
    const { subscription } = await settled('ada');
    await account.spoil('ada', subscription.id, []);
    const bob = await account.subscribe('bob');
    const { report } = await account.run();
    expect(report.failed).toMatchObject({
      count: 1,
      first: [{ id: subscription.id, cause: expect.stringContaining('ItemError') }],
    });
    expect((await account.recorded()).get(bob.id)).toEqual(subscriptionRecord(bob));
  });
});
