import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { subscriptionRecords, type SubscriptionRecords } from '../../clients/records/subscriptions.ts';
import { startTable } from '../support/dynamo.ts';
import { subscriptionRecordOf } from '../support/subscription.ts';

let table: Awaited<ReturnType<typeof startTable>>;
let records: SubscriptionRecords;
let user: string;
let users = 0;

beforeAll(async () => {
  table = await startTable();
  records = subscriptionRecords(table);
});
afterAll(() => table.stop());
beforeEach(() => {
  users += 1;
  user = `user-${users}`;
});

const active = subscriptionRecordOf();
const canceled = subscriptionRecordOf({ status: 'canceled' });

describe('a payload', () => {
  it('is written when nothing is known, and says when it was true', async () => {
    expect(await records.saveFromEvent(user, active, 100)).toBe('saved');
    expect(await records.read(user, 'sub_1')).toEqual({ record: active, asOf: { from: 100, to: 100 }, version: 1 });
  });

  it('is written over an older record', async () => {
    await records.saveFromEvent(user, active, 100);
    expect(await records.saveFromEvent(user, canceled, 101)).toBe('saved');
    expect(await records.read(user, 'sub_1')).toEqual({ record: canceled, asOf: { from: 101, to: 101 }, version: 2 });
  });

  it('is not written over a newer record', async () => {
    await records.saveFromEvent(user, canceled, 101);
    expect(await records.saveFromEvent(user, active, 100)).toBe('older');
    expect(await records.read(user, 'sub_1')).toMatchObject({ record: canceled, version: 1 });
  });

  it('of the same second, or of the time of a fetch, is not written: Stripe must be asked', async () => {
    await records.saveFetched(user, { record: active, asOf: { from: 100, to: 104 } }, undefined);
    for (const created of [100, 102, 104]) expect(await records.saveFromEvent(user, canceled, created)).toBe('unclear');
    expect(await records.read(user, 'sub_1')).toMatchObject({ record: active, version: 1 });
  });

  it('is measured against the item that DynamoDB returns with its refusal, without another read', async () => {
    const mock = mockClient(table.client);
    const item = marshall({ record: canceled, asOf: { from: 101, to: 101 }, version: 1 });
    mock.on(UpdateCommand).rejects(new ConditionalCheckFailedException({ message: 'no', $metadata: {}, Item: item }));
    expect(await records.saveFromEvent(user, active, 100)).toBe('older');
    expect(mock.calls()).toHaveLength(1);
    mock.restore();
  });

  it('is not lost in a fault of DynamoDB: the fault is thrown', async () => {
    const mock = mockClient(table.client);
    mock.on(UpdateCommand).rejects(new Error('throttled'));
    await expect(records.saveFromEvent(user, active, 100)).rejects.toThrow('throttled');
    mock.restore();
  });
});

describe('what was fetched', () => {
  const fetched = { record: canceled, asOf: { from: 98, to: 100 } };

  it('is written when nothing was there and nothing is', async () => {
    expect(await records.saveFetched(user, fetched, undefined)).toBe('saved');
    expect(await records.read(user, 'sub_1')).toEqual({ ...fetched, version: 1 });
  });

  it('is stale when a record has appeared since', async () => {
    await records.saveFromEvent(user, active, 200);
    expect(await records.saveFetched(user, fetched, undefined)).toBe('stale');
    expect(await records.read(user, 'sub_1')).toMatchObject({ record: active });
  });

  it('is written over the record that was read, and is stale over any other', async () => {
    await records.saveFromEvent(user, active, 100);
    const read = await records.read(user, 'sub_1');
    expect(await records.saveFetched(user, fetched, read)).toBe('saved');
    expect(await records.saveFetched(user, { ...fetched, record: active }, read)).toBe('stale');
    expect(await records.read(user, 'sub_1')).toEqual({ ...fetched, version: 2 });
  });
});
