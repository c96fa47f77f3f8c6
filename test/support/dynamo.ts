import { CreateTableCommand, DynamoDBClient, type CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { CUSTOMER_INDEX, type Table } from '../../clients/records/table.ts';

/**
 * A table like the stack's, on a DynamoDB of its own in this process, or on the one that `DYNAMODB_ENDPOINT` names.
 *
 * @param wanted the port of a DynamoDB of its own, a free one unless given
 */
export async function startTable(wanted = 0): Promise<Table & { stop(): Promise<void> }> {
  const { endpoint, name, close } = await startDynamo(wanted);
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await client.send(new CreateTableCommand({ TableName: name, ...likeTheStacks }));
  return {
    name,
    client: DynamoDBDocumentClient.from(client),
    stop: async () => {
      client.destroy();
      await close();
    },
  };
}

async function startDynamo(wanted: number): Promise<{ endpoint: string; name: string; close: () => Promise<void> }> {
  const endpoint = process.env['DYNAMODB_ENDPOINT'];
  if (endpoint !== undefined) return { endpoint, name: `records-${randomUUID()}`, close: async () => {} };
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(wanted, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { endpoint: `http://127.0.0.1:${port}`, name: 'records', close };
}

const likeTheStacks: Omit<CreateTableCommandInput, 'TableName'> = {
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
    { AttributeName: 'customerId', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: CUSTOMER_INDEX,
      KeySchema: [{ AttributeName: 'customerId', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
};
