import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { GetItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import schema from '../../docs/access-changes.schema.json' with { type: 'json' };
import type { AccessReason } from '../../billing/access.ts';
import type { SubscriptionRecord } from '../../billing/subscription.ts';
import type { handler as accessChanges } from '../../functions/access-changes.ts';
import { subscriptionRecords } from '../../clients/records/subscriptions.ts';
import { accessKey, subscriptionKey } from '../../clients/records/table.ts';
import type { BusEvent } from '../../local/eventbridge/bus.ts';
import { startBus } from '../support/bus.ts';
import { countCalls, type Counter } from '../support/counting.ts';
import { startTable } from '../support/dynamo.ts';
import { DAY, NOON, subscriptionRecordOf } from '../support/subscription.ts';

type Handler = typeof accessChanges;
type Event = Parameters<Handler>[0];
type Record = Event['Records'][number];

let table: Awaited<ReturnType<typeof startTable>>;
let dynamo: Counter;
let bus: Counter;
let handler: Handler;
let stop: () => Promise<unknown>;
let told: BusEvent[] = [];
const logged = jest.spyOn(console, 'error').mockReturnValue(undefined);

const QUERY = 'DynamoDB_20120810.Query';
const PUT = 'DynamoDB_20120810.PutItem';
const PUT_EVENTS = 'AWSEvents.PutEvents';

/** What the functions take for now. */
const at = (seconds: number) => jest.spyOn(Date, 'now').mockReturnValue(seconds * 1000);

beforeAll(async () => {
  jest.spyOn(console, 'log').mockReturnValue(undefined);
  at(NOON);
  table = await startTable();
  const events = await startBus();
  told = events.told;
  bus = await countCalls(events.url);
  const { hostname, port } = Object(await table.client.config.endpoint?.());
  dynamo = await countCalls(`http://${hostname}:${port}`);
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_MAX_ATTEMPTS: '1',
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.url,
    AWS_ENDPOINT_URL_EVENTBRIDGE: bus.url,
    TABLE_NAME: table.name,
    ACCESS_CHANGES_BUS: 'changes',
    GRACE_DAYS: '7',
  });
  ({ handler } = await import('../../functions/access-changes.ts'));
  stop = () => Promise.all([table.stop(), dynamo.stop(), bus.stop(), events.stop()]);
});
afterAll(() => stop());
beforeEach(() => {
  told.length = 0;
  dynamo.taken();
  bus.taken();
  logged.mockClear();
});

let numbers = 0;
let created = 0;

const image = async (userId: string, id: string) => {
  const [pk, sk] = [userId, subscriptionKey(userId, id).sk];
  const get = new GetItemCommand({ TableName: table.name, Key: { pk: { S: pk }, sk: { S: sk } } });
  return (await table.client.send(get)).Item;
};

/** Writes a record as the webhook does, and tells it as the table's stream would. */
async function write(userId: string, wanted: Partial<SubscriptionRecord> = {}): Promise<Record> {
  const record = subscriptionRecordOf(wanted);
  const OldImage = await image(userId, record.id);
  created += 1;
  await subscriptionRecords(table).saveFromEvent(userId, record, created);
  return streamed(userId, { OldImage, NewImage: await image(userId, record.id) });
}

type Image = { [name: string]: AttributeValue } | undefined;

function streamed(userId: string, images: { OldImage: Image; NewImage: Image }): Record {
  const Keys = { pk: { S: userId }, sk: { S: 'subscription#sub_1' } };
  numbers += 1;
  const { OldImage, NewImage } = images;
  return {
    dynamodb: { Keys, SequenceNumber: `${numbers}`, ...(OldImage && { OldImage }), ...(NewImage && { NewImage }) },
  };
}

const follow = (...Records: Record[]) => handler({ Records });
const types = () => told.map((event) => event['detail-type']);

describe('changes of access', () => {
  it('are told once each, over the whole life of a subscription', async () => {
    await follow(await write('ada'));
    await follow(await write('ada', { status: 'past_due' }));
    await follow(await write('ada'));
    await follow(await write('ada', { plan: 'pro_yearly' }));
    await follow(await write('ada', { plan: 'pro_yearly', cancelAt: NOON + DAY }));
    await follow(await write('ada', { plan: 'pro_yearly', status: 'canceled', endedAt: NOON }));
    expect(types()).toEqual([
      'access.granted',
      'access.at_risk',
      'access.secured',
      'access.plan_changed',
      'access.at_risk',
      'access.lost',
    ]);
    expect(told.map(({ detail }) => detail['id'])).toEqual([1, 2, 3, 4, 5, 6].map((version) => `ada/${version}`));
    expect(told[1]).toMatchObject({
      source: 'subscriptions',
      time: '2027-01-15T12:00:00Z',
      detail: { until: NOON + 6 * DAY },
    });
  });

  it('are as the schema says, which knows every reason', async () => {
    await follow(await write('sue'), await write('eve', { cancelAt: NOON + DAY }));
    await follow(await write('sue', { plan: null }), await write('eve', { status: 'unpaid' }));
    const validate = new Ajv2020({ strict: false }).compile(schema);
    expect(told).toHaveLength(4);
    for (const event of told) expect([validate(event), validate.errors]).toEqual([true, null]);
    const [granted] = told;
    expect(validate({ ...granted, 'detail-type': 'access.lost' })).toBe(false);
    expect(validate({ ...granted, detail: { ...granted?.detail, more: 1 } })).toBe(false);
    const reasons: { [reason in AccessReason]: true } = {
      active: true,
      trialing: true,
      canceling: true,
      past_due_grace: true,
      past_due: true,
      unpaid: true,
      paused: true,
      incomplete: true,
      incomplete_expired: true,
      canceled: true,
      unknown: true,
      no_subscription: true,
    };
    expect(schema.$defs.reason.enum).toEqual(Object.keys(reasons));
  });

  it('that came and went before anybody looked are not told', async () => {
    await follow(await write('mia'));
    const [failed, mended] = [await write('mia', { status: 'past_due' }), await write('mia')];
    await follow(failed, mended);
    expect(types()).toEqual(['access.granted']);
  });

  it('that are brought a second time find nothing to tell', async () => {
    const first = await write('noa');
    await follow(first);
    await follow(first);
    expect(types()).toEqual(['access.granted']);
  });
});

describe('what it costs', () => {
  it('a renewal: nothing is read, written or told', async () => {
    await follow(await write('zoe'));
    dynamo.taken();
    bus.taken();
    await follow(await write('zoe', { currentPeriodStart: NOON, currentPeriodEnd: NOON + 30 * DAY }));
    expect([dynamo.taken(), bus.taken()]).toEqual([[], []]);
  });

  it('a change: two queries, two writes and one call of the bus, however many writes it took', async () => {
    await follow(await write('lea', { status: 'incomplete' }), await write('lea'), await write('lea', { quantity: 2 }));
    expect([dynamo.taken(), bus.taken()]).toEqual([[QUERY, PUT, PUT, QUERY], [PUT_EVENTS]]);
  });
});

describe('a bus that does not take a change', () => {
  it('has the write brought again, and gets the change then, under the same id', async () => {
    const [good, bad] = [await write('kim'), await write('ida')];
    bus.break(['none', 'before']);
    expect(await follow(good, bad)).toEqual({ batchItemFailures: [{ itemIdentifier: bad.dynamodb?.SequenceNumber }] });
    expect(logged).toHaveBeenCalledTimes(1);
    expect(await follow(bad)).toEqual({ batchItemFailures: [] });
    expect(told.map(({ detail }) => detail['id'])).toEqual(['kim/1', 'ida/1']);
  });

  it('but lost the answer gets it twice, under the same id', async () => {
    const bad = await write('una');
    bus.break(['after']);
    await follow(bad);
    await follow(bad);
    expect(told.map(({ detail }) => detail['id'])).toEqual(['una/1', 'una/1']);
  });

  it('and refuses it by its answer alone has not got it', async () => {
    process.env['ACCESS_CHANGES_BUS'] = 'changes';
    const { accessChangesBus } = await import('../../clients/access-changes/bus.ts');
    const answer = { FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException' }] };
    const client = Object({ send: async () => answer });
    await expect(accessChangesBus(client, 'changes').tell([])).rejects.toThrow(
      'did not take 1 changes: ThrottlingException',
    );
  });
});

describe('a record that cannot be read', () => {
  it('fails its own write, and keeps no other user from being told', async () => {
    const Item = { ...subscriptionKey('odd', 'sub_1'), record: 'nonsense', version: 1 };
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
    const odd = streamed('odd', { OldImage: undefined, NewImage: await image('odd', 'sub_1') });
    const answer = await follow(odd, await write('amy'));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: odd.dynamodb?.SequenceNumber }] });
    expect(types()).toEqual(['access.granted']);
    expect(String(logged.mock.calls[0])).toContain('is not what it was written as');
  });
});

describe('what was announced', () => {
  it('stands before the subscriptions among the items of a user, so that it is never read later than they are', async () => {
    await follow(await write('ann'));
    const query = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': 'ann' } };
    const { Items } = await table.client.send(new QueryCommand({ TableName: table.name, ...query }));
    expect(Items?.map(({ sk }) => String(sk))).toEqual([accessKey('ann').sk, 'subscription#sub_1']);
  });

  it('is not taken back by one whose clock is behind', async () => {
    await follow(await write('tia', { status: 'past_due' }));
    at(NOON + 7 * DAY);
    await follow(
      await write('tia', { status: 'past_due', currentPeriodStart: NOON }),
      await write('tia', { status: 'past_due' }),
    );
    at(NOON + 6 * DAY - 1);
    await follow(await write('tia', { status: 'past_due', quantity: 2, plan: 'pro_yearly' }));
    at(NOON);
    expect(types()).toEqual(['access.granted', 'access.lost']);
  });
});
