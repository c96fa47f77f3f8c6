import { BatchWriteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../../clients/records/table.ts';

/** DynamoDB takes as many at a time. */
const AT_ONCE = 25;

/** Deletes every item: quicker than a fresh table. */
export async function emptyTable({ client, name }: Table): Promise<void> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: name, ProjectionExpression: 'pk, sk' }));
  for (let from = 0; from < Items.length; from += AT_ONCE) {
    const deletes = Items.slice(from, from + AT_ONCE).map((Key) => ({ DeleteRequest: { Key } }));
    await client.send(new BatchWriteCommand({ RequestItems: { [name]: deletes } }));
  }
}
