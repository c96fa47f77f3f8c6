import { GetItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { SubscriptionRecord } from '../../billing/subscription.ts';
import { subscriptionRecords } from '../../clients/records/subscriptions.ts';
import { subscriptionKey } from '../../clients/records/table.ts';
import type { handler } from '../../functions/access-changes.ts';
import { startBus } from '../support/bus.ts';
import { countCalls } from '../support/counting.ts';
import { startTable } from '../support/dynamo.ts';
import { subscriptionRecordOf } from '../support/subscription.ts';

export type StreamRecord = Parameters<typeof handler>[0]['Records'][number];
type Image = { [name: string]: AttributeValue } | undefined;

/** A table whose writes are told as its stream would tell them, and a bus; each behind a counter that may break calls. */
export async function startFollowedTable() {
  const table = await startTable();
  const bus = await startBus();
  const { hostname, port } = Object(await table.client.config.endpoint?.());
  const calls = { dynamo: await countCalls(`http://${hostname}:${port}`), bus: await countCalls(bus.url) };
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_MAX_ATTEMPTS: '1',
    AWS_ENDPOINT_URL_DYNAMODB: calls.dynamo.url,
    AWS_ENDPOINT_URL_EVENTBRIDGE: calls.bus.url,
    TABLE_NAME: table.name,
    ACCESS_CHANGES_BUS: 'changes',
    GRACE_DAYS: '7',
  });
  let writes = 0;

  async function image(userId: string, id: string): Promise<Image> {
    const { pk, sk } = subscriptionKey(userId, id);
    const get = new GetItemCommand({ TableName: table.name, Key: { pk: { S: pk }, sk: { S: sk } } });
    return (await table.client.send(get)).Item;
  }

  /** Does a write, and tells it. */
  async function told(userId: string, id: string, work: () => Promise<unknown>): Promise<StreamRecord> {
    const OldImage = await image(userId, id);
    writes += 1;
    await work();
    const NewImage = await image(userId, id);
    const Keys = { pk: { S: userId }, sk: { S: subscriptionKey(userId, id).sk } };
    const images = { ...(OldImage && { OldImage }), ...(NewImage && { NewImage }) };
    return { dynamodb: { Keys, SequenceNumber: `${writes}`, ...images } };
  }

  return {
    table,
    calls,
    /** What came over the bus. */
    told: bus.told,
    stop: () => Promise.all([table.stop(), bus.stop(), calls.dynamo.stop(), calls.bus.stop()]),

    /** A record, written as the webhook writes it. */
    write(userId: string, wanted: Partial<SubscriptionRecord> = {}): Promise<StreamRecord> {
      const record = subscriptionRecordOf(wanted);
      return told(userId, record.id, () => subscriptionRecords(table).saveFromEvent(userId, record, writes));
    },

    /** What nobody should write. */
    spoil(userId: string, record: unknown): Promise<StreamRecord> {
      const Item = { ...subscriptionKey(userId, 'sub_1'), record, version: 1 };
      return told(userId, 'sub_1', () => table.client.send(new PutCommand({ TableName: table.name, Item })));
    },
  };
}
