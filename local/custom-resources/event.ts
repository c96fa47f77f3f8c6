import { randomUUID } from 'node:crypto';
import { fields, type Fields } from '../template/fields.ts';
import { isObject, type Json, type JsonObject } from '../template/json.ts';

/** A custom resource as its function made it. */
export interface CustomResource {
  readonly physicalId: string;
  /** As the function got them: CloudFormation makes all values text. */
  readonly properties: JsonObject;
  /** For `Fn::GetAtt`. */
  readonly data: Readonly<Record<string, string>>;
}

export interface Asking {
  readonly stackId: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  /** The one that is there already. @default - there is none */
  readonly old: CustomResource | undefined;
  readonly responseUrl: string;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html */
export function requestEvent({ stackId, logicalId, type, properties, old, responseUrl }: Asking): JsonObject {
  return {
    RequestType: old === undefined ? 'Create' : 'Update',
    ResponseURL: responseUrl,
    StackId: stackId,
    RequestId: randomUUID(),
    ResourceType: type,
    LogicalResourceId: logicalId,
    ResourceProperties: properties,
    ...(old && { PhysicalResourceId: old.physicalId, OldResourceProperties: old.properties }),
  };
}

export const asText = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(asText);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, asText(one)]));
  return String(value);
};

/**
 * What the function has made, by its answer.
 *
 * @throws Error with the function's own reason when it failed, or what is wrong with the answer
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
export function madeBy(text: string, event: JsonObject): Omit<CustomResource, 'properties'> {
  const answer = fields(parse(text), 'The answer', { exact: true, nextStep: 'Mend the function.' });
  const status = answer.text('Status');
  if (status === 'FAILED')
    throw new Error(`Received response status [FAILED] from custom resource. ${reasonOf(answer)}`);
  if (status !== 'SUCCESS') throw new Error(`The answer has the status ${status}, which is not SUCCESS or FAILED.`);
  for (const name of ['StackId', 'RequestId', 'LogicalResourceId'])
    if (answer.text(name) !== event[name]) throw new Error(`The answer has another ${name} than the request.`);
  const physicalId = answer.text('PhysicalResourceId');
  if (physicalId === '') throw new Error('Invalid PhysicalResourceId');
  const data = Object.entries(answer.group('Data').values).map(([name, value]) => [name, textOf(value)]);
  return { physicalId, data: Object.fromEntries(data) };
}

const reasonOf = (answer: Fields): string => `Message returned: ${answer.text('Reason', '(no reason was given)')}`;

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('Response is not valid JSON');
  }
}
