import type { DynamoDBBatchResponse } from 'aws-lambda';
import { userToLookAt, type Write } from '../clients/access-changes/images.ts';
import { announce, policy } from './shared/announce.ts';
import { describe, log } from './shared/log.ts';

/** What Lambda brings from the table's stream: writes of subscriptions, in the order they were made. */
interface Event {
  readonly Records: readonly { readonly dynamodb?: Write }[];
}

/**
 * Announces what the writes changed about their users' access (docs/access-changes.md). What failed is reported, so that
 * Lambda brings it again, from the first of them on; announcing the others a second time finds nothing to tell.
 */
export const handler = async ({ Records }: Event): Promise<DynamoDBBatchResponse> => {
  const batchItemFailures = [];
  for (const [userId, itemIdentifier] of usersIn(Records)) {
    try {
      await announce(userId);
    } catch (error) {
      log.error('not announced', { userId, cause: describe(error) });
      batchItemFailures.push({ itemIdentifier });
    }
  }
  return { batchItemFailures };
};

/** Each user once, with the number of the first write: the announcement is about what the records say by now. */
function usersIn(records: Event['Records']): Map<string, string> {
  const users = new Map<string, string>();
  for (const { dynamodb = {} } of records) {
    const userId = userToLookAt(dynamodb, policy);
    if (userId !== undefined && !users.has(userId)) users.set(userId, dynamodb.SequenceNumber ?? '');
  }
  return users;
}
