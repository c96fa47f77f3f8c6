import { isDeepStrictEqual } from 'node:util';
import type { Change, TableStream } from '../streams/stream.ts';
import { isObject, type Json, type JsonObject } from '../template/json.ts';
import type { Call } from './items.ts';

/** A table whose changes are written down. */
export interface Followed {
  readonly tableName: string;
  /** The names of its keys. */
  readonly keys: readonly string[];
  readonly stream: TableStream;
}

interface Touched {
  readonly table: Followed;
  readonly key: JsonObject;
}

/** The items of followed tables that a request may change. */
export function touchedBy(operation: string, request: JsonObject, tables: ReadonlyMap<string, Followed>): Touched[] {
  const one = (table: Json | undefined, item: Json | undefined): Touched[] => {
    const followed = typeof table === 'string' ? tables.get(table.replace(/^arn:.*:table\//, '')) : undefined;
    return followed === undefined || !isObject(item) ? [] : [{ table: followed, key: keyOf(item, followed.keys) }];
  };
  if (operation === 'PutItem') return one(request['TableName'], request['Item']);
  if (operation === 'UpdateItem' || operation === 'DeleteItem') return one(request['TableName'], request['Key']);
  if (operation !== 'BatchWriteItem' || !isObject(request['RequestItems'])) return [];
  return Object.entries(request['RequestItems']).flatMap(([table, writes]) =>
    (Array.isArray(writes) ? writes : []).flatMap((write) => one(table, itemOf(write))),
  );
}

/** Does the write, and puts what it changed into the streams. Others must not write the same items meanwhile. */
export async function followed<T>(call: Call, items: Touched[], write: () => Promise<T>): Promise<T> {
  const before = await imagesOf(call, items);
  const result = await write();
  const after = await imagesOf(call, items);
  for (const [index, { table, key }] of items.entries()) {
    const change: Change = { keys: key, oldImage: before[index], newImage: after[index] };
    // A write that changes nothing leaves no trace in a stream, as in AWS.
    if (!isDeepStrictEqual(change.oldImage, change.newImage)) table.stream.append(change);
  }
  return result;
}

function imagesOf(call: Call, items: Touched[]): Promise<(JsonObject | undefined)[]> {
  return Promise.all(
    items.map(async ({ table: { tableName: TableName }, key: Key }) => {
      // A key that DynamoDB does not accept has no item; the write is refused for it.
      const { Item } = await call('GetItem', { TableName, Key, ConsistentRead: true }).catch(() => ({ Item: null }));
      return isObject(Item) ? Item : undefined;
    }),
  );
}

function itemOf(write: Json): Json | undefined {
  if (!isObject(write)) return undefined;
  if (isObject(write['PutRequest'])) return write['PutRequest']['Item'];
  return isObject(write['DeleteRequest']) ? write['DeleteRequest']['Key'] : undefined;
}

function keyOf(item: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));
}
