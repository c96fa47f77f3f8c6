import { randomUUID } from 'node:crypto';
import { every, rateOf } from '../events/schedule.ts';
import { inSeconds } from '../eventbridge/entries.ts';
import { compilePattern } from '../eventbridge/pattern.ts';
import type { Fields } from '../template/fields.ts';
import { TemplateError } from '../template/json.ts';
import { arn, physicalName, type Cloud, type Provider } from './provider.ts';

/** AWS::Events::EventBus */
export const eventBus: Provider = ({ properties }, cloud) => {
  const { name, arn: busArn } = cloud.buses.create(properties.text('Name'));
  return { ref: name, attributes: { Arn: busArn, Name: name } };
};

/** AWS::Events::Rule, on a schedule or by the pattern of events on a bus, whose targets are functions. */
export const rule: Provider = ({ logicalId, properties }, cloud) => {
  const name = physicalName(cloud, logicalId);
  const bus = properties.text('EventBusName', 'default');
  const ruleArn = arn(cloud, 'events', bus === 'default' ? `rule/${name}` : `rule/${bus}/${name}`);
  const targets = properties.groups('Targets').map(readTarget);
  const start: Start = (event) => {
    for (const target of targets) void deliver(target, event, ruleArn, cloud);
  };
  const follow = properties.has('EventPattern') ? followBus : followSchedule;
  if (properties.text('State', 'ENABLED') === 'ENABLED') follow(properties, start, ruleArn, cloud);
  return { ref: name, attributes: { Arn: ruleArn } };
};

type Start = (event: object) => void;

function followSchedule(properties: Fields, start: Start, ruleArn: string, cloud: Cloud): void {
  const expression = properties.text('ScheduleExpression');
  const period = rateOf(expression);
  if (period === undefined) {
    const todo = 'Use rate(...) in lib/, or teach local/events/schedule.ts.';
    const problem = `is ${expression}; only rate(...) is known.`;
    throw new TemplateError(`${properties.place}.ScheduleExpression`, problem, todo);
  }
  cloud.onStop(every(period, () => start(scheduledEvent(ruleArn, cloud)), cloud.timer));
}

function followBus(properties: Fields, start: Start, _ruleArn: string, cloud: Cloud): void {
  const pattern = properties.group('EventPattern');
  const matches = compilePattern(pattern.values, pattern.place);
  const bus = cloud.buses.find(properties.text('EventBusName', 'default'));
  if (bus === undefined)
    throw new TemplateError(`${properties.place}.EventBusName`, 'is no bus of this stack.', 'Mend it in lib/.');
  bus.subscribe((event) => (matches(event) ? start(event) : undefined));
}

interface Target {
  functionArn: string;
  /** What the target gets instead of the event, as JSON. */
  input: string | undefined;
  retries: number;
}

function readTarget(target: Fields): Target {
  return {
    functionArn: target.text('Arn'),
    input: target.has('Input') ? target.text('Input') : undefined,
    retries: target.group('RetryPolicy').number('MaximumRetryAttempts', 185),
  };
}

/** An asynchronous invocation: Lambda itself tries a failed one twice more. */
async function deliver(
  { functionArn, input, retries }: Target,
  event: object,
  ruleArn: string,
  cloud: Cloud,
): Promise<void> {
  const given: unknown = input === undefined ? event : JSON.parse(input);
  for (let attempt = 0; attempt <= Math.min(retries, 2); attempt += 1) {
    const invoker = { principal: 'events.amazonaws.com', sourceArn: ruleArn };
    const outcome = await cloud.lambda.invoke(functionArn, Object(given), invoker);
    if (outcome.kind === 'returned') return;
    cloud.log(`[events] ${ruleArn}: attempt ${attempt + 1} failed: ${outcome.errorMessage}`);
  }
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html */
function scheduledEvent(ruleArn: string, { account, region }: Cloud): object {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account,
    time: inSeconds(new Date()),
    region,
    resources: [ruleArn],
    detail: {},
  };
}
