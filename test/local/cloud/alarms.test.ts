import { describe, expect, it } from '@jest/globals';
import { compileExpression } from '../../../local/cloudwatch/expression.ts';
import type { AlarmChange } from '../../../local/cloudwatch/watcher.ts';
import type { Timer } from '../../../local/events/schedule.ts';
import type { JsonObject } from '../../../local/template/json.ts';
import { httpApi, lambdaFunction, ref, route } from './assembly.ts';
import { run, until } from './run.ts';

const MINUTE = 60_000;

/** Counts what its query says: `?Sales=2`, in a namespace `Try`, by `Step`; `?throw` fails. */
const counts = `export const handler = async ({ queryStringParameters: { throw: fails, ...counts } }) => {
  if (fails !== undefined) throw new Error('asked for');
  const Metrics = Object.keys(counts).map((Name) => ({ Name }));
  const head = { Timestamp: 0, CloudWatchMetrics: [{ Namespace: 'Try', Dimensions: [['Step']], Metrics }] };
  const values = Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, Number(value)]));
  console.log(JSON.stringify({ _aws: head, Step: 'one', ...values }));
};`;

const alarm = (properties: JsonObject): JsonObject => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    AlarmDescription: 'What is at stake.',
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    EvaluationPeriods: 1,
    Threshold: 3,
    TreatMissingData: 'notBreaching',
    ...properties,
  },
});
const counted = (MetricName: string, Period = 300): JsonObject => ({
  Namespace: 'Try',
  MetricName,
  Dimensions: [{ Name: 'Step', Value: 'one' }],
  Statistic: 'Sum',
  Period,
});

const topic: JsonObject = {
  Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
  Mail: {
    Type: 'AWS::SNS::Subscription',
    Properties: { Protocol: 'email', Endpoint: 'ops@example.com', TopicArn: ref('Topic') },
  },
};
const policy = (Effect: string): JsonObject => ({
  Type: 'AWS::SNS::TopicPolicy',
  Properties: {
    Topics: [ref('Topic')],
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Effect, Action: 'sns:Publish', Resource: ref('Topic'), Principal: { Service: 'cloudwatch.amazonaws.com' } },
      ],
    },
  },
});

/** A stack with these alarms, whose time and whose looks at them come when the test says so. */
async function watched(alarms: JsonObject) {
  const time = { now: 1000 * MINUTE };
  const looks: (() => void)[] = [];
  const timer: Timer = (look, ms) => {
    if (ms === 2_000) looks.push(look);
    return () => {};
  };
  const changes: AlarmChange[] = [];
  const onAlarm = (change: AlarmChange): void => void changes.push(change);
  const resources = { ...lambdaFunction('Counts'), ...httpApi(), ...route('GET /count', 'Counts'), ...alarms };
  const parts = { template: { Resources: resources }, assets: { Counts: { 'index.mjs': counts } } };
  const stack = await run(parts, { timer, now: () => time.now, onAlarm });
  const look = (): void => looks.pop()?.();
  look();
  return {
    lines: stack.lines,
    pass: (minutes: number) => {
      time.now += minutes * MINUTE;
      look();
    },
    async count(query: string) {
      const before = stack.lines.length;
      await fetch(`${stack.apis[0]}/count?${query}`);
      await until(() => stack.lines.slice(before).find((line) => line.startsWith('[Try-Counts]')));
      look();
    },
    /** What changed since it was asked last. */
    taken: () => changes.splice(0).map(({ name, before, state }) => `${name}: ${before} -> ${state}`),
  };
}

describe('an alarm', () => {
  it('rings when enough is counted within its period, and is over when that has passed', async () => {
    const cloud = await watched({ Sold: alarm({ AlarmName: 'sold', ...counted('Sales') }) });
    expect(cloud.taken()).toEqual(['sold: INSUFFICIENT_DATA -> OK']);
    await cloud.count('Sales=2');
    cloud.pass(3);
    expect(cloud.taken()).toEqual([]);
    await cloud.count('Sales=1&Other=100');
    expect(cloud.taken()).toEqual(['sold: OK -> ALARM']);
    await cloud.count('Sales=1');
    cloud.pass(1);
    expect(cloud.taken()).toEqual([]);
    cloud.pass(2);
    expect(cloud.taken()).toEqual(['sold: ALARM -> OK']);
  });

  it('of several periods rings when enough of them have too much', async () => {
    const hours = { ...counted('Open', 3600), Threshold: 1, EvaluationPeriods: 3, DatapointsToAlarm: 2 };
    const cloud = await watched({ Open: alarm({ AlarmName: 'open', ...hours }) });
    cloud.taken();
    await cloud.count('Open=1');
    cloud.pass(60);
    expect(cloud.taken()).toEqual([]);
    await cloud.count('Open=1');
    expect(cloud.taken()).toEqual(['open: OK -> ALARM']);
    cloud.pass(125);
    expect(cloud.taken()).toEqual(['open: ALARM -> OK']);
  });

  it('hangs on what Lambda and the API measure of themselves', async () => {
    const own = { Threshold: 1, Statistic: 'Sum', Period: 60 };
    const ofFunction = { Namespace: 'AWS/Lambda', Dimensions: [{ Name: 'FunctionName', Value: ref('Counts') }] };
    const api = { Namespace: 'AWS/ApiGateway', Dimensions: [{ Name: 'ApiId', Value: ref('Api') }] };
    const cloud = await watched({
      Errors: alarm({ AlarmName: 'errors', ...own, ...ofFunction, MetricName: 'Errors' }),
      Runs: alarm({ AlarmName: 'runs', ...own, ...ofFunction, MetricName: 'Invocations', Threshold: 2 }),
      Fives: alarm({ AlarmName: '5xx', ...own, ...api, MetricName: '5xx' }),
    });
    cloud.taken();
    await cloud.count('Sales=1');
    expect(cloud.taken()).toEqual([]);
    await cloud.count('throw=1');
    expect(cloud.taken().toSorted()).toEqual(['5xx: OK -> ALARM', 'errors: OK -> ALARM', 'runs: OK -> ALARM']);
  });

  it('hangs on an expression over metrics: this one rings when nothing ran although the other did', async () => {
    const query = (Id: string, MetricName: string): JsonObject => {
      const { Namespace = '', Dimensions = [] } = counted(MetricName);
      const MetricStat = { Metric: { Namespace, MetricName, Dimensions }, Period: 3600, Stat: 'Sum' };
      return { Id, MetricStat, ReturnData: false };
    };
    const Expression = 'IF(hours < 2, 0, IF(FILL(runs, 0) < 1, 1, 0))';
    const Metrics = [{ Id: 'e', Expression }, query('hours', 'Hours'), query('runs', 'Runs')];
    const cloud = await watched({ Missing: alarm({ AlarmName: 'missing', Threshold: 1, Metrics }) });
    cloud.taken();
    await cloud.count('Hours=1');
    expect(cloud.taken()).toEqual([]);
    await cloud.count('Hours=1');
    expect(cloud.taken()).toEqual(['missing: OK -> ALARM']);
    await cloud.count('Runs=1');
    expect(cloud.taken()).toEqual(['missing: ALARM -> OK']);
  });

  it.each([
    ['Allow', '[sns] Try-Topic: ALARM: "sold" (email: ops@example.com)'],
    ['Deny', '[iam] cloudwatch.amazonaws.com may not sns:Publish to Try-Topic: nobody hears of sold.'],
  ])('is told to its topic if the topic’s policy lets it (%s)', async (effect, line) => {
    const sold = alarm({ AlarmName: 'sold', ...counted('Sales'), AlarmActions: [ref('Topic')] });
    const cloud = await watched({ ...topic, Policy: policy(effect), Sold: sold });
    await cloud.count('Sales=3');
    await until(() => cloud.lines.find((each) => each === line));
  });

  it.each([
    [{ ...counted('Sales'), Statistic: 'p99' }, 'Statistic: can be Sum'],
    [{ ...counted('Sales'), Period: 10 }, 'Period: has to be whole minutes'],
    [
      { ...counted('Errors'), Namespace: 'AWS/Lamda' },
      'is Errors of AWS/Lamda, which the local cloud does not measure',
    ],
    [{ Metrics: [{ Id: 'e', Expression: 'RATE(m)' }] }, 'is not one expression over metrics of one period'],
  ])('that cannot ring here is refused: %j', async (properties, message) => {
    await expect(watched({ Odd: alarm(properties) })).rejects.toThrow(message);
  });
});

describe('metric math', () => {
  const valueOf = (id: string) => ({ a: 6, b: 2 })[id];
  it.each([
    ['a + b * 2', 10],
    ['(a + b) / 2 - 1', 3],
    ['a > b AND b >= 3', 0],
    ['a > b OR b >= 3', 1],
    ['IF(a == 6, b, 0)', 2],
    ['FILL(c, 7)', 7],
    ['a + c', undefined],
    ['IF(c, 1, 2)', undefined],
  ])('%s', (text, value) => {
    expect(compileExpression(text)(valueOf)).toBe(value);
  });

  it.each(['RATE(a)', 'a +', 'IF(a, b)', 'a b', '(a', 'a ? b', 'FILL(a, 1, 2)'])(
    'refuses what it does not know: %s',
    (text) => {
      expect(() => compileExpression(text)).toThrow(/^has /);
    },
  );
});
