import { DynamoDBClient, QueryCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Outside } from '../world/outside.ts';
import type { Case } from './cases.ts';
import type { Shop } from './shop.ts';

type Image = Record<string, AttributeValue>;

/** What nobody asks for. The first is to be tried before all others: it goes through all that the business has. */
export async function jobs(shop: Shop, { dynamo, tableName }: Outside): Promise<Case[]> {
  const [reconcile, announce] = [await shop.job('reconcile'), await shop.job('access-changes')];
  const client = new DynamoDBClient({ endpoint: dynamo });
  const written = async (user: string): Promise<Image> => {
    const ExpressionAttributeValues = { ':user': { S: user }, ':subscription': { S: 'subscription#' } };
    const KeyConditionExpression = 'pk = :user AND begins_with(sk, :subscription)';
    const asked = new QueryCommand({ TableName: tableName, KeyConditionExpression, ExpressionAttributeValues });
    const { Items: [item] = [] } = await client.send(asked);
    if (item === undefined) throw new Error(`${user} has no record.`);
    return item;
  };
  let known = 0;
  return [
    {
      name: 'reconcile, a hundred subscriptions',
      function: 'reconcile',
      door: 'none',
      rounds: 3,
      prepare: async () => {
        for (; known < 100; known += 1) await shop.known(shop.newcomer());
        return () => reconcile({});
      },
    },
    {
      name: 'access-changes, a renewal',
      function: 'access-changes',
      door: 'none',
      prepare: async () => {
        const { user } = await shop.subscribed(shop.newcomer());
        const item = await written(user);
        return () => announce(told(item, item));
      },
    },
    {
      name: 'access-changes, a new subscriber',
      function: 'access-changes',
      door: 'none',
      prepare: async () => {
        const { user } = await shop.subscribed(shop.newcomer());
        const item = await written(user);
        return () => announce(told(item));
      },
    },
  ];
}

/** What the table's stream tells of one write. */
function told(NewImage: Image, OldImage?: Image) {
  const { pk, sk } = NewImage;
  return { Records: [{ dynamodb: { Keys: { pk, sk }, NewImage, OldImage, SequenceNumber: '1' } }] };
}
