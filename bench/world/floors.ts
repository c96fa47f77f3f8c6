import { DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { HttpEvent } from '../../functions/shared/http.ts';
import { subscriptionRecordOf } from '../../test/support/subscription.ts';
import { WEBHOOK_SECRET } from './outside.ts';

/** The least that somebody could write who knew that nothing ever goes wrong. */
export interface Floors {
  /** Checks the signature, parses, and puts one item of the same size, whatever stood there. */
  webhook(event: HttpEvent): Promise<unknown>;
  /** One query for a user's items, answered as they are. */
  query(userId: string): Promise<unknown>;
}

/** @param dynamo the table's address, which is that of the functions too */
export function bareFloors(dynamo: string, TableName: string): Floors {
  const client = new DynamoDBClient({ endpoint: dynamo });
  const M = marshall({ ...subscriptionRecordOf() });
  return {
    async webhook({ body = '', headers }) {
      const { created } = signed(body, headers['stripe-signature'] ?? '');
      const asOf = { M: { from: { N: String(created) }, to: { N: String(created) } } };
      const key = { pk: { S: 'user-floor' }, sk: { S: 'subscription#sub_floor' } };
      const Item = { ...key, record: { M }, asOf, version: { N: '1' } };
      return client.send(new PutItemCommand({ TableName, Item }));
    },
    async query(userId) {
      const ExpressionAttributeValues = { ':userId': { S: userId } };
      const asked = { TableName, KeyConditionExpression: 'pk = :userId', ExpressionAttributeValues };
      return JSON.stringify((await client.send(new QueryCommand(asked))).Items);
    },
  };
}

function signed(body: string, header: string): { created: number } {
  const [, seconds = '', signature = ''] = /^t=(\d+),v1=(\w+)$/.exec(header) ?? [];
  const expected = createHmac('sha256', WEBHOOK_SECRET).update(`${seconds}.${body}`).digest('hex');
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(expected))) throw new Error('Not signed.');
  return JSON.parse(body);
}
