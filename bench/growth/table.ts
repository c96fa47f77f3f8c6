import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { at } from '../../billing/json.ts';
import type { Item } from '../../clients/records/items.ts';
import type { Table } from '../../clients/records/table.ts';
import { ITEMS, numberOf, sizeOf, subscriptionItem } from './items.ts';

/** What was asked of the table, in calls and in what AWS bills. */
export interface Asked {
  calls: number;
  read: number;
  write: number;
}

const [READ, WRITE] = [4096, 1024];
/** All users' items are of one size. */
const SIZES = ITEMS.map((item) => sizeOf(item(0)));
const EACH = ITEMS.length;
const SUBSCRIPTION_UNITS = Math.ceil((SIZES.at(-1) ?? 0) / READ) / 2;

/**
 * A table of so many subscribers that holds none of them: it answers what `reconcile` asks, at the client's own door, so that
 * neither marshalling nor HTTP is in the time. What is written (how far the run came) it does hold.
 */
export function simulatedTable(subscribers: number, asked: Asked): Table {
  let run: Item | undefined;
  const answers: Readonly<Record<string, (input: object) => object>> = {
    BatchGetItemCommand: (input) => {
      const keys = at(input, 'RequestItems', 'records', 'Keys');
      const found = Array.isArray(keys) ? keys.map((key) => subscriptionItem(numberOf(String(at(key, 'sk'))))) : [];
      asked.read += found.length * SUBSCRIPTION_UNITS;
      return { Responses: { records: found } };
    },
    ScanCommand: (input) => {
      const place = at(input, 'ExclusiveStartKey');
      const first = place === undefined ? 0 : positionOf(place) + 1;
      const last = Math.min(first + Number(at(input, 'Limit')), subscribers * EACH);
      const items = Array.from({ length: last - first }, (_, n) => itemAt(first + n));
      asked.read += Math.ceil((items.length / EACH) * (SIZES.reduce((sum, size) => sum + size) / READ)) / 2;
      const { pk, sk } = items.at(-1) ?? {};
      return {
        Items: items.filter((item) => item['sk'] !== 'customer'),
        ...(last < subscribers * EACH && { LastEvaluatedKey: { pk, sk } }),
      };
    },
    GetItemCommand: () => {
      asked.read += 1;
      return { Item: run };
    },
    UpdateItemCommand: (input) => {
      const values = at(input, 'ExpressionAttributeValues');
      run = { run: at(values, ':run'), version: at(values, ':next') };
      asked.write += Math.ceil(sizeOf(run) / WRITE);
      return {};
    },
  };
  return { name: 'records', client: answering(answers, asked) };
}

const itemAt = (position: number): Item => ITEMS[position % EACH]?.(Math.floor(position / EACH)) ?? {};

function positionOf(place: unknown): number {
  const user = numberOf(String(at(place, 'pk')));
  return user * EACH + ITEMS.findIndex((item) => item(user)['sk'] === at(place, 'sk'));
}

/** A client that goes no further than its own door. */
function answering(answers: Readonly<Record<string, (input: object) => object>>, asked: Asked): DynamoDBDocumentClient {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'us-east-1' }));
  client.middlewareStack.add(
    (_next, { commandName }) =>
      async ({ input }) => {
        const answer = answers[commandName ?? ''];
        if (answer === undefined) throw new Error(`The simulated table does not know ${commandName}.`);
        asked.calls += 1;
        return { output: { $metadata: {}, ...answer(input) }, response: {} };
      },
    { step: 'initialize', priority: 'high', name: 'simulated' },
  );
  return client;
}
