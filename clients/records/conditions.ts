import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';

/** The parts of an update that is made only if nobody else wrote since `version` was read. */
export const unchangedSince = (version: number) => ({
  ConditionExpression: '#version = :read',
  ExpressionAttributeNames: { '#version': 'version' },
  ExpressionAttributeValues: { ':read': version },
});

/** Whether the write's condition held. */
export async function accepted(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
