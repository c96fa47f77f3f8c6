import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../../clients/records/table.ts';

type Item = Record<string, unknown>;

/** Every item of the table by its key, so that two looks can be compared. */
export async function everything({ client, name }: Table): Promise<Record<string, Item>> {
  const items: Record<string, Item> = {};
  for (let ExclusiveStartKey: Item | undefined, more = true; more; more = ExclusiveStartKey !== undefined) {
    const page = await client.send(new ScanCommand({ TableName: name, ConsistentRead: true, ExclusiveStartKey }));
    for (const item of page.Items ?? []) items[JSON.stringify([item['pk'], item['sk']])] = item;
    ExclusiveStartKey = page.LastEvaluatedKey;
  }
  return items;
}
