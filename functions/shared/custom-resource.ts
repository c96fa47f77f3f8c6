import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { describe, log } from './log.ts';

/**
 * Does what CloudFormation asks of a custom resource, and tells it how that went: it waits for an answer at `ResponseURL`, whatever
 * the function returns. The address is itself a permission, so it is in no log.
 *
 * @param physicalId what the resource is called; another one than before means that it was replaced
 * @param make does it; what it returns is there for `Fn::GetAtt`, and in CloudFormation's hands
 * @throws Error when CloudFormation does not take the answer
 */
export async function answer(
  event: CloudFormationCustomResourceEvent,
  physicalId: string,
  make: () => Promise<Readonly<Record<string, string>>>,
): Promise<void> {
  const { ResponseURL, StackId, RequestId, LogicalResourceId } = event;
  const about = { StackId, RequestId, LogicalResourceId, PhysicalResourceId: physicalId };
  const outcome = await make().then(
    (Data) => ({ Status: 'SUCCESS', Data }),
    (error: unknown) => failed(error, event),
  );
  // As bytes: the address is signed for a request without a content type.
  const body = Buffer.from(JSON.stringify({ ...about, ...outcome }));
  const response = await fetch(ResponseURL, { method: 'PUT', body });
  if (!response.ok) throw new Error(`CloudFormation did not take the answer: ${response.status}.`);
}

function failed(error: unknown, { RequestType, LogicalResourceId }: CloudFormationCustomResourceEvent) {
  const cause = describe(error);
  log.error('A custom resource failed.', { request: RequestType, resource: LogicalResourceId, cause });
  return { Status: 'FAILED', Reason: cause };
}
