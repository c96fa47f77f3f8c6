import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { customerRecords } from '../../clients/records/customers.ts';
import { ItemError, subscriptionFrom } from '../../clients/records/items.ts';
import { payersPages } from '../../clients/records/payers.ts';
import { subscriptionRecords } from '../../clients/records/subscriptions.ts';
import { users } from '../../clients/records/users.ts';
import { startTable } from '../support/dynamo.ts';
import { subscriptionRecordOf } from '../support/subscription.ts';

let table: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  table = await startTable();
});
afterAll(() => table.stop());

describe('a user', () => {
  it('without records has none', async () => {
    expect(await users(table).read('nobody')).toEqual({ customer: undefined, subscriptions: [] });
  });

  it('is read whole by one query', async () => {
    const customer = await customerRecords(table).add('reader', { customerId: 'cus_r', email: null });
    await subscriptionRecords(table).saveFromEvent('reader', subscriptionRecordOf(), 100);
    const read = await users(table).read('reader');
    expect(read.customer).toEqual(customer);
    expect(read.subscriptions.map(({ record }) => record)).toEqual([subscriptionRecordOf()]);
  });

  it('may have items of other kinds, which are no subscriptions', async () => {
    const Item = { pk: 'several', sk: 'another-kind', version: 1 };
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
    await subscriptionRecords(table).saveFromEvent('several', subscriptionRecordOf(), 100);
    expect((await users(table).read('several')).subscriptions).toHaveLength(1);
  });

  it('is found by the Stripe customer, and by no other', async () => {
    await customerRecords(table).add('owner', { customerId: 'cus_o', email: 'o@example.com' });
    expect(await users(table).ownerOfCustomer('cus_o')).toBe('owner');
    expect(await users(table).ownerOfCustomer('cus_unknown')).toBeUndefined();
  });
});

describe('a customer that was deleted at Stripe and replaced', () => {
  it("is still known to be the user's, and is charged for nothing any more", async () => {
    const records = customerRecords(table);
    const gone = await records.add('renewed', { customerId: 'cus_gone', email: null });
    await records.replace('renewed', gone, { customerId: 'cus_fresh', email: null });
    expect(await users(table).ownerOfCustomer('cus_gone')).toBe('renewed');
    expect(await users(table).ownerOfCustomer('cus_fresh')).toBe('renewed');
    expect(await users(table).read('renewed')).toMatchObject({ customer: { customerId: 'cus_fresh' } });
    const ids: string[] = [];
    for await (const { payers } of payersPages(table, undefined)) ids.push(...payers.map((payer) => payer.customerId));
    expect(ids).toContain('cus_fresh');
    expect(ids).not.toContain('cus_gone');
  });
});

describe('the one customer of a user', () => {
  it('is the first that was added; those who come later get that one', async () => {
    const records = customerRecords(table);
    const added = await Promise.all(
      ['cus_1', 'cus_2', 'cus_3'].map((customerId) => records.add('racer', { customerId, email: null })),
    );
    const winner = await records.read('racer');
    expect(added.map(({ customerId }) => customerId)).toEqual(Array(3).fill(winner?.customerId));
  });

  it('remembers one checkout: of two who opened one at the same time, one is told to look again', async () => {
    const records = customerRecords(table);
    const { version } = await records.add('buyer', { customerId: 'cus_b', email: null });
    const outcomes = await Promise.all(
      ['cs_1', 'cs_2'].map((sessionId) => records.rememberCheckout('buyer', { sessionId, plan: 'pro' }, version)),
    );
    expect(outcomes.toSorted()).toEqual(['saved', 'stale']);
    expect(await records.read('buyer')).toMatchObject({ version: 2 });
  });
});

describe('an item that is not what was written', () => {
  it('is refused by name, not read as something else', () => {
    const broken = { pk: 'user-1', sk: 'subscription#sub_1', record: {}, asOf: { from: 1, to: 1 }, version: 1 };
    expect(() => subscriptionFrom(broken)).toThrow(ItemError);
    expect(() => subscriptionFrom(broken)).toThrow('"record" is not what it was written as');
  });
});
