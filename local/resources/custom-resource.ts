import { isDeepStrictEqual } from 'node:util';
import { asText, madeBy, requestEvent, type CustomResource } from '../custom-resources/event.ts';
import type { Outcome } from '../lambda/definition.ts';
import { isObject, TemplateError, type JsonObject } from '../template/json.ts';
import { stackArn, type Cloud, type Created, type Provider, type ResourceRequest } from './provider.ts';

/** CloudFormation's own, in seconds. */
const LONGEST_WAIT = 3600;

/**
 * AWS::CloudFormation::CustomResource and `Custom::...`: the function that the ServiceToken names makes it. One that an earlier life of
 * the stack made with the same properties is there still; with others it is updated. None is ever deleted: what there is
 * here ends with the process.
 */
export const customResource: Provider = async (request, cloud) => {
  const { logicalId, properties } = request;
  const wanted = asText(properties.values);
  if (!isObject(wanted)) throw new TemplateError(properties.place, 'is no object.', 'Mend lib/.');
  const old = cloud.earlierCustomResources.get(logicalId);
  const same = old !== undefined && isDeepStrictEqual(old.properties, wanted);
  const made = same ? old : await make(request, wanted, old, cloud);
  cloud.customResources.set(logicalId, made);
  return createdBy(made);
};

const createdBy = ({ physicalId, data }: CustomResource): Created => ({ ref: physicalId, attributes: data });

async function make(
  { logicalId, type, properties }: ResourceRequest,
  wanted: JsonObject,
  old: CustomResource | undefined,
  cloud: Cloud,
): Promise<CustomResource> {
  const box = cloud.responses.open();
  try {
    const stackId = stackArn(cloud.account, cloud.region, cloud.stackName);
    const asking = { stackId, logicalId, type, properties: wanted, old, responseUrl: box.url };
    const event = requestEvent(asking);
    const started = performance.now();
    const outcome = await cloud.lambda.invoke(properties.text('ServiceToken'), event);
    const seconds = (performance.now() - started) / 1000;
    const answer = box.answer();
    if (answer === undefined) throw new Error(silence(outcome));
    if (seconds > properties.number('ServiceTimeout', LONGEST_WAIT)) throw new Error(LATE);
    return { ...madeBy(answer, event), properties: wanted };
  } catch (error) {
    throw new Error(`${logicalId}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  } finally {
    box.close();
  }
}

const LATE = 'CloudFormation did not receive a response from your Custom Resource in time: see its ServiceTimeout.';

/** CloudFormation waits for its whole timeout; here it is known as soon as the function has ended. */
function silence(outcome: Outcome): string {
  const ended = outcome.kind === 'failed' ? `${outcome.errorType}: ${outcome.errorMessage}` : 'it returned';
  return `CloudFormation did not receive a response from your Custom Resource: the function sent none (${ended}).`;
}
