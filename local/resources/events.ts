import { randomUUID } from 'node:crypto';
import { every, rateOf } from '../events/schedule.ts';
import type { Fields } from '../template/fields.ts';
import { TemplateError } from '../template/json.ts';
import { arn, physicalName, type Cloud, type Provider } from './provider.ts';

/** AWS::Events::Rule on a schedule, whose targets are functions. */
export const rule: Provider = ({ logicalId, properties }, cloud) => {
  const name = physicalName(cloud, logicalId);
  const ruleArn = arn(cloud, 'events', `rule/${name}`);
  const expression = properties.text('ScheduleExpression');
  const period = rateOf(expression);
  if (period === undefined) {
    const todo = 'Use rate(...) in lib/, or teach local/events/schedule.ts.';
    throw new TemplateError(
      `${properties.place}.ScheduleExpression`,
      `is ${expression}; only rate(...) is known.`,
      todo,
    );
  }
  const targets = properties.groups('Targets').map(readTarget);
  const start = (): void => {
    for (const target of targets) void deliver(target, ruleArn, cloud);
  };
  if (properties.text('State', 'ENABLED') === 'ENABLED') cloud.onStop(every(period, start, cloud.timer));
  return { ref: name, attributes: { Arn: ruleArn } };
};

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
async function deliver({ functionArn, input, retries }: Target, ruleArn: string, cloud: Cloud): Promise<void> {
  const event: unknown = input === undefined ? scheduledEvent(ruleArn, cloud) : JSON.parse(input);
  for (let attempt = 0; attempt <= Math.min(retries, 2); attempt += 1) {
    const invoker = { principal: 'events.amazonaws.com', sourceArn: ruleArn };
    const outcome = await cloud.lambda.invoke(functionArn, Object(event), invoker);
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
    time: `${new Date().toISOString().slice(0, 19)}Z`,
    region,
    resources: [ruleArn],
    detail: {},
  };
}
