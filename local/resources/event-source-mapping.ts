import { compilePattern } from '../eventbridge/pattern.ts';
import type { FunctionDefinition } from '../lambda/definition.ts';
import type { Queue } from '../sqs/queue.ts';
import type { Mapping } from '../streams/attempts.ts';
import { givenUp } from '../streams/given-up.ts';
import { followStream } from '../streams/mapping.ts';
import type { StreamRecord } from '../streams/stream.ts';
import type { Fields } from '../template/fields.ts';
import { parseObject, TemplateError } from '../template/json.ts';
import { arn, shortId, type Cloud, type Provider } from './provider.ts';

/** AWS::Lambda::EventSourceMapping from a table's stream. Lambda reads the stream in the name of the function's role. */
export const eventSourceMapping: Provider = async ({ logicalId, properties }, cloud) => {
  const id = shortId(`${cloud.stackName}/${logicalId}`, 12);
  const follower = followerOf(properties, cloud);
  const stream = cloud.dynamo.stream(properties.text('EventSourceArn'));
  if (stream === undefined) throw fault(properties, 'EventSourceArn', 'is no stream of a table of this stack.');
  const queue = failureQueue(properties, cloud);
  await checkRole(follower, stream.arn, queue, properties, cloud);
  if (!['TRIM_HORIZON', 'LATEST'].includes(properties.text('StartingPosition')))
    throw fault(properties, 'StartingPosition', 'is neither TRIM_HORIZON nor LATEST.');
  if (!properties.flag('Enabled', true)) return { ref: id };
  const iteratorAge = { namespace: 'AWS/Lambda', name: 'IteratorAge', dimensions: { FunctionName: follower.name } };
  const stop = followStream(stream, readMapping(properties), {
    invoke: (event) => {
      cloud.metrics.record(iteratorAge, ageOf(event.Records));
      return cloud.lambda.invoke(follower.arn, event);
    },
    giveUp: (records, condition, invocations) => {
      const message = givenUp(records, { functionArn: follower.arn, condition, invocations });
      if (queue === undefined) cloud.log(`[streams] ${follower.name}: given up: ${JSON.stringify(message)}`);
      else queue.send(JSON.stringify(message));
    },
    log: (line) => cloud.log(`[streams] ${follower.name}: ${line}`),
    timer: cloud.timer,
  });
  cloud.onStop(stop);
  return { ref: id, attributes: { Id: id } };
};

/** Of the last record that the function is about to get, in milliseconds. */
const ageOf = (records: readonly StreamRecord[]): number =>
  Math.max(0, Date.now() - 1000 * (records.at(-1)?.dynamodb.ApproximateCreationDateTime ?? Number.POSITIVE_INFINITY));

/** What CloudFormation leaves out is as Lambda's API has it: -1 stands for no limit. */
function readMapping(properties: Fields): Mapping {
  const limit = (name: string): number => {
    const value = properties.number(name, -1);
    return value < 0 ? Infinity : value;
  };
  const responses = properties.texts('FunctionResponseTypes');
  if (responses.some((type) => type !== 'ReportBatchItemFailures'))
    throw fault(properties, 'FunctionResponseTypes', 'knows only ReportBatchItemFailures.');
  return {
    batchSize: properties.number('BatchSize', 100),
    wanted: wantedBy(properties.group('FilterCriteria')),
    reportsFailures: responses.length > 0,
    bisects: properties.flag('BisectBatchOnFunctionError', false),
    retries: limit('MaximumRetryAttempts'),
    mostAge: limit('MaximumRecordAgeInSeconds'),
  };
}

/** One of several filters is enough; without any, every record is wanted. */
function wantedBy(criteria: Fields): Mapping['wanted'] {
  const patterns = criteria.groups('Filters').map((filter) => {
    const place = `${filter.place}.Pattern`;
    return compilePattern(parseObject(filter.text('Pattern'), place), place);
  });
  return (record) => patterns.length === 0 || patterns.some((matches) => matches(record));
}

function followerOf(properties: Fields, cloud: Cloud): FunctionDefinition {
  const name = properties.text('FunctionName');
  const found = cloud.lambda.find(name.startsWith('arn:') ? name : arn(cloud, 'lambda', `function:${name}`));
  if (found !== undefined) return found;
  throw fault(properties, 'FunctionName', `names ${name}, which is no function of this stack.`);
}

function failureQueue(properties: Fields, cloud: Cloud): Queue | undefined {
  const failure = properties.group('DestinationConfig').group('OnFailure');
  if (!failure.has('Destination')) return undefined;
  const found = cloud.queues.get(failure.text('Destination'));
  if (found !== undefined) return found;
  throw fault(failure, 'Destination', 'is no queue of this stack; nothing else is known here.');
}

/** Lambda creates no mapping whose function's role may not do what the mapping will do in its name. */
async function checkRole(
  { roleArn, name }: FunctionDefinition,
  streamArn: string,
  queue: Queue | undefined,
  properties: Fields,
  cloud: Cloud,
): Promise<void> {
  const role = cloud.roles.byArn(roleArn);
  const onStream = ['DescribeStream', 'GetRecords', 'GetShardIterator'].map((action) => [action, streamArn] as const);
  const wanted = [...onStream, ['ListStreams', '*'] as const].map(
    ([action, on]) => [`dynamodb:${action}`, on] as const,
  );
  const sends = queue === undefined ? [] : [['sqs:SendMessage', queue.arn] as const];
  for (const [action, resource] of [...wanted, ...sends]) {
    const decision = role && (await cloud.decide(role, name, action, resource));
    if (decision?.kind === 'allowed') continue;
    const problem = `The function's role does not allow ${action} on ${resource}.`;
    throw new TemplateError(properties.place, problem, 'Grant it in lib/: Lambda refuses to create such a mapping.');
  }
}

function fault(properties: Fields, name: string, problem: string): TemplateError {
  const todo = 'Mend it in lib/, or teach local/resources/event-source-mapping.ts.';
  return new TemplateError(`${properties.place}.${name}`, problem, todo);
}
