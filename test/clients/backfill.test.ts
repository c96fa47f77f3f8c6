import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type Stripe from 'stripe';
import { idOf } from '../../billing/subscription.ts';
import { backfill, type BackfillParts } from '../../clients/backfill/backfill.ts';
import type { Import } from '../../clients/backfill/report.ts';
import { customerRecords } from '../../clients/records/customers.ts';
import { users } from '../../clients/records/users.ts';
import { openAccount, type Account } from './reconcile/account.ts';

let account: Account;
beforeEach(async () => {
  account = await openAccount();
});
afterEach(() => account.stop());

/** An import by a mapping from customer to user; what was found, by its kind. */
async function run(mapping: Record<string, string>, wanted: Partial<BackfillParts> = {}) {
  const found: Import[] = [];
  const parts: BackfillParts = {
    ...account.parts(),
    customers: customerRecords(account.table),
    mapped: (customerId) => mapping[customerId],
    apply: true,
    stop: () => false,
    found: (one) => void found.push(one),
  };
  const report = await backfill({ ...parts, ...wanted });
  return { report, found };
}

const customerIn = (subscription: Stripe.Subscription) => idOf(subscription.customer);
const readUser = (userId: string) => users(account.store).read(userId, 'now');

describe('an import', () => {
  it('records the customer and the subscription, and lets both say at Stripe whose they are', async () => {
    const subscription = await account.subscribe(null);
    const customerId = customerIn(subscription);
    const { report } = await run({ [customerId]: 'ada' });
    expect(report).toMatchObject({ seen: 1, imported: 1 });
    expect(await readUser('ada')).toMatchObject({
      customer: { customerId, email: null },
      subscriptions: [{ record: { id: subscription.id, status: 'active' } }],
    });
    expect(await account.stripe.customers.retrieve(customerId)).toMatchObject({ metadata: { userId: 'ada' } });
    const { metadata } = await account.stripe.subscriptions.retrieve(subscription.id);
    expect(metadata['userId']).toBe('ada');
    expect(await account.recorded()).toEqual(await account.truth());
  });

  it('that is only to say what it would do writes nothing, here or at Stripe', async () => {
    const subscription = await account.subscribe(null);
    account.calls.taken();
    account.dynamo.taken();
    const { report } = await run({ [customerIn(subscription)]: 'ada' }, { apply: false });
    expect(report).toMatchObject({ seen: 1, imported: 1 });
    expect(account.calls.taken()).toEqual(['GET /v1/subscriptions']);
    expect(account.dynamo.taken().filter((call) => /Put|Update|Delete/.test(call))).toEqual([]);
  });

  it('is not repeated: the second finds all of it there, and asks Stripe for its list alone', async () => {
    const mapping = { [customerIn(await account.subscribe(null))]: 'ada' };
    await run(mapping);
    account.calls.taken();
    expect((await run(mapping)).report).toMatchObject({ seen: 1, already: 1, imported: 0 });
    expect(account.calls.taken()).toEqual(['GET /v1/subscriptions']);
  });

  it('also brings what has ended, for whoever had a trial has used it', async () => {
    const { id, customer } = await account.subscribe(null);
    await account.stripe.subscriptions.cancel(id);
    await run({ [idOf(customer)]: 'ada' });
    expect(await readUser('ada')).toMatchObject({ subscriptions: [{ record: { id, status: 'canceled' } }] });
  });

  it('completes what names a user, but has no customer record', async () => {
    const subscription = await account.subscribe('ada');
    await account.forgetCustomer('ada');
    expect((await run({})).report).toMatchObject({ imported: 1 });
    expect((await readUser('ada')).customer?.customerId).toBe(customerIn(subscription));
  });

  it('leaves alone those of whom nobody says whose they are, and those of deleted customers', async () => {
    await account.subscribe(null);
    const gone = customerIn(await account.subscribe(null));
    await account.stripe.customers.del(gone);
    const { report } = await run({ [gone]: 'ada' });
    expect(report).toMatchObject({ seen: 2, unmapped: 2, imported: 0 });
    expect(await readUser('ada')).toEqual({ customer: undefined, subscriptions: [] });
  });
});

describe('a conflict is named and left alone', () => {
  it('when the user has another customer', async () => {
    await account.subscribe('ada');
    const other = await account.subscribe(null);
    const { found } = await run({ [customerIn(other)]: 'ada' });
    expect(found).toContainEqual(expect.objectContaining({ kind: 'conflict', subscriptionId: other.id }));
    expect(await account.stripe.customers.retrieve(customerIn(other))).toMatchObject({ metadata: {} });
  });

  it('when the customer is another user’s', async () => {
    const subscription = await account.subscribe('ada');
    const { report, found } = await run({ [customerIn(subscription)]: 'bob' });
    expect(report).toMatchObject({ conflicts: 1, imported: 0 });
    expect(found).toMatchObject([{ why: 'it is mapped to bob, but its customer is recorded for ada' }]);
    expect((await readUser('bob')).customer).toBeUndefined();
  });

  it.each([true, false])('when two customers are mapped to one user (to be written: %s)', async (apply) => {
    const [first, second] = [await account.subscribe(null), await account.subscribe(null)];
    const { report } = await run({ [customerIn(first)]: 'ada', [customerIn(second)]: 'ada' }, { apply });
    expect(report).toMatchObject({ imported: 1, conflicts: 1 });
  });

  it('when another user’s customer record wins while it is written', async () => {
    const subscription = await account.subscribe(null);
    const customers = customerRecords(account.store);
    const { report } = await run(
      { [customerIn(subscription)]: 'ada' },
      {
        customers: {
          ...customers,
          add: async (userId, customer) => {
            await customers.add(userId, { customerId: 'cus_sooner', email: null });
            return customers.add(userId, customer);
          },
        },
      },
    );
    expect(report).toMatchObject({ conflicts: 1 });
    expect(await account.stripe.customers.retrieve(customerIn(subscription))).toMatchObject({ metadata: {} });
  });

  it('when what it is mapped to is no user id', async () => {
    const subscription = await account.subscribe(null);
    expect((await run({ [customerIn(subscription)]: 'x'.repeat(201) })).report).toMatchObject({ conflicts: 1 });
  });
});

describe('an import that was interrupted', () => {
  it('at any call goes on where something is missing, and ends as if it had not been', async () => {
    const { id, customer } = await account.subscribe(null);
    const mapping = { [idOf(customer)]: 'ada' };
    for (const side of ['dynamo', 'calls'] as const)
      for (let sound = 0, hit = true; hit; sound += 1) {
        await account.forgetCustomer('ada');
        await account.lose('ada', id);
        await account.stripe.customers.update(idOf(customer), { metadata: { userId: '' } });
        await account.stripe.subscriptions.update(id, { metadata: { userId: '' } });
        account[side].taken();
        account[side].break([...Array<'none'>(sound).fill('none'), 'after']);
        await run(mapping).catch(() => {});
        hit = account[side].taken().length > sound;
        account[side].break([]);
        await run(mapping);
        expect((await run(mapping)).report).toMatchObject({ seen: 1, already: 1 });
        expect(await account.recorded()).toEqual(await account.truth());
      }
  });

  it('between two subscriptions says so', async () => {
    await account.subscribe(null);
    expect((await run({}, { stop: () => true })).report).toMatchObject({ seen: 0, stopped: true });
  });
});
