import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import schema from '../../docs/access-changes.schema.json' with { type: 'json' };
import type { AccessReason } from '../../billing/access.ts';
import { accessChangesBus } from '../../clients/access-changes/bus.ts';
import { accessKey } from '../../clients/records/table.ts';
import type { handler } from '../../functions/access-changes.ts';
import { DAY, NOON } from '../support/subscription.ts';
import { startFollowedTable, type StreamRecord } from './followed-table.ts';

const QUERY = 'DynamoDB_20120810.Query';
const PUT = 'DynamoDB_20120810.PutItem';
const PUT_EVENTS = 'AWSEvents.PutEvents';

let world: Awaited<ReturnType<typeof startFollowedTable>>;
let announce: typeof handler;
const logged = jest.spyOn(console, 'error').mockReturnValue(undefined);

/** What the function takes for now. */
const at = (seconds: number) => jest.spyOn(Date, 'now').mockReturnValue(seconds * 1000);

beforeAll(async () => {
  jest.spyOn(console, 'log').mockReturnValue(undefined);
  at(NOON);
  world = await startFollowedTable();
  announce = (await import('../../functions/access-changes.ts')).handler;
});
afterAll(() => world.stop());
beforeEach(() => {
  world.told.length = 0;
  calls();
  logged.mockClear();
});

/** What was asked since the last time. */
const calls = () => [world.calls.dynamo.taken(), world.calls.bus.taken()];
const follow = (...Records: StreamRecord[]) => announce({ Records });
const types = () => world.told.map((event) => event['detail-type']);

describe('changes of access', () => {
  it('are told once each, over the whole life of a subscription', async () => {
    await follow(await world.write('ada'));
    await follow(await world.write('ada', { status: 'past_due' }));
    await follow(await world.write('ada'));
    await follow(await world.write('ada', { plan: 'pro_yearly' }));
    await follow(await world.write('ada', { plan: 'pro_yearly', cancelAt: NOON + DAY }));
    await follow(await world.write('ada', { plan: 'pro_yearly', status: 'canceled', endedAt: NOON }));
    expect(types()).toEqual([
      'access.granted',
      'access.at_risk',
      'access.secured',
      'access.plan_changed',
      'access.at_risk',
      'access.lost',
    ]);
    expect(world.told.map(({ detail }) => detail['id'])).toEqual([1, 2, 3, 4, 5, 6].map((version) => `ada/${version}`));
    expect(world.told[1]).toMatchObject({
      source: 'subscriptions',
      time: '2027-01-15T12:00:00Z',
      detail: { until: NOON + 6 * DAY },
    });
  });

  it('are as the schema says, which knows every reason', async () => {
    await follow(await world.write('sue'), await world.write('eve', { cancelAt: NOON + DAY }));
    await follow(await world.write('sue', { plan: null }), await world.write('eve', { status: 'unpaid' }));
    const validate = new Ajv2020({ strict: false }).compile(schema);
    expect(world.told).toHaveLength(4);
    for (const event of world.told) expect([validate(event), validate.errors]).toEqual([true, null]);
    const [granted] = world.told;
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
    await follow(await world.write('mia'));
    const [failed, mended] = [await world.write('mia', { status: 'past_due' }), await world.write('mia')];
    await follow(failed, mended);
    expect(types()).toEqual(['access.granted']);
  });

  it('that are brought a second time find nothing to tell', async () => {
    const first = await world.write('noa');
    await follow(first);
    await follow(first);
    expect(types()).toEqual(['access.granted']);
  });
});

describe('what it costs', () => {
  it('a renewal: nothing is read, written or told', async () => {
    await follow(await world.write('zoe'));
    calls();
    await follow(await world.write('zoe', { currentPeriodStart: NOON, currentPeriodEnd: NOON + 30 * DAY }));
    expect(calls()).toEqual([[], []]);
  });

  it('a change: two queries, two writes and one call of the bus, however many writes it took', async () => {
    await follow(
      await world.write('lea', { status: 'incomplete' }),
      await world.write('lea'),
      await world.write('lea', { quantity: 2 }),
    );
    expect(calls()).toEqual([[QUERY, PUT, PUT, QUERY], [PUT_EVENTS]]);
  });
});

describe('a bus that does not take a change', () => {
  it('has the write brought again, the user’s first, and gets the change then, under the same id', async () => {
    const [good, bad] = [await world.write('kim'), await world.write('ida')];
    const later = await world.write('ida', { plan: 'pro_yearly' });
    world.calls.bus.break(['none', 'before']);
    const answer = await follow(good, bad, later);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: bad.dynamodb?.SequenceNumber }] });
    expect(logged).toHaveBeenCalledTimes(1);
    expect(await follow(bad, later)).toEqual({ batchItemFailures: [] });
    expect(world.told.map(({ detail }) => detail['id'])).toEqual(['kim/1', 'ida/1']);
  });

  it('but lost the answer gets it twice, under the same id', async () => {
    const bad = await world.write('una');
    world.calls.bus.break(['after']);
    await follow(bad);
    await follow(bad);
    expect(world.told.map(({ detail }) => detail['id'])).toEqual(['una/1', 'una/1']);
  });

  it('and refuses it by its answer alone has not got it', async () => {
    const answer = { FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException' }] };
    const client = Object({ send: async () => answer });
    await expect(accessChangesBus(client, 'changes').tell([])).rejects.toThrow(
      'did not take 1 changes: ThrottlingException',
    );
  });
});

describe('a record that cannot be read', () => {
  it('fails its own write, and keeps no other user from being told', async () => {
    const odd = await world.spoil('odd', 'nonsense');
    const answer = await follow(odd, await world.write('amy'));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: odd.dynamodb?.SequenceNumber }] });
    expect(types()).toEqual(['access.granted']);
    expect(String(logged.mock.calls[0])).toContain('is not what it was written as');
  });
});

describe('what was announced', () => {
  it('stands before the subscriptions among the items of a user, so that it is never read later than they are', async () => {
    await follow(await world.write('ann'));
    const query = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': 'ann' } };
    const { Items } = await world.table.client.send(new QueryCommand({ TableName: world.table.name, ...query }));
    expect(Items?.map(({ sk }) => String(sk))).toEqual([accessKey('ann').sk, 'subscription#sub_1']);
  });

  it('is not taken back by one whose clock is behind', async () => {
    await follow(await world.write('tia', { status: 'past_due' }));
    at(NOON + 7 * DAY);
    await follow(
      await world.write('tia', { status: 'past_due', currentPeriodStart: NOON }),
      await world.write('tia', { status: 'past_due' }),
    );
    at(NOON + 6 * DAY - 1);
    await follow(await world.write('tia', { status: 'past_due', quantity: 2, plan: 'pro_yearly' }));
    at(NOON);
    expect(types()).toEqual(['access.granted', 'access.lost']);
  });
});
