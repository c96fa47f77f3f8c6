import { isObject, type Json, type JsonObject } from '../template/json.ts';

/** Items in DynamoDB's own JSON, by the name of their table. */
export type Items = Record<string, Json[]>;
/** One call of DynamoDB. */
export type Call = (operation: string, parameters: JsonObject) => Promise<JsonObject>;

async function scan(call: Call, TableName: string): Promise<Json[]> {
  const items: Json[] = [];
  for (let start: Json | undefined; start !== null;) {
    const page = await call('Scan', { TableName, ...(start !== undefined && { ExclusiveStartKey: start }) });
    items.push(...(Array.isArray(page['Items']) ? page['Items'] : []));
    start = page['LastEvaluatedKey'] ?? null;
  }
  return items;
}

export async function dumpTables(call: Call): Promise<Items> {
  const { TableNames: names = [] } = await call('ListTables', {});
  const all: Items = {};
  for (const name of Array.isArray(names) ? names.map(String) : []) all[name] = await scan(call, name);
  return all;
}

export async function restoreTables(call: Call, tables: Items): Promise<void> {
  for (const [TableName, items] of Object.entries(tables))
    for (const Item of items.filter(isObject)) await call('PutItem', { TableName, Item });
}
