import { comparisons, statistics, valueOf, type AlarmDefinition } from '../cloudwatch/alarm.ts';
import { compileExpression } from '../cloudwatch/expression.ts';
import { unknownMetric } from '../cloudwatch/measured.ts';
import type { AlarmChange } from '../cloudwatch/watcher.ts';
import { alarmMayTell } from '../sns/topic.ts';
import type { Fields } from '../template/fields.ts';
import { TemplateError } from '../template/json.ts';
import { arn, physicalName, type Cloud, type Provider } from './provider.ts';

/** AWS::CloudWatch::Alarm on a metric, or on an expression over metrics. */
export const alarm: Provider = ({ logicalId, properties }, cloud) => {
  const name = properties.text('AlarmName', physicalName(cloud, logicalId, 255));
  const alarmArn = arn(cloud, 'cloudwatch', `alarm:${name}`);
  const actions = actionsOf(properties);
  cloud.watcher.add(readAlarm(name, properties), (change) => {
    cloud.onAlarm(change);
    void act(change, actions[change.state], alarmArn, cloud);
  });
  return { ref: name, attributes: { Arn: alarmArn } };
};

/** AWS::CloudWatch::Dashboard: for people, in AWS's console. */
export const dashboard: Provider = ({ logicalId, properties }, cloud) => ({
  ref: properties.text('DashboardName', physicalName(cloud, logicalId, 255)),
});

function readAlarm(name: string, properties: Fields): AlarmDefinition {
  const { value, period } = properties.has('Metrics')
    ? readExpression(properties)
    : readMetric(properties, 'Statistic');
  const compare = named(properties, 'ComparisonOperator', comparisons);
  const threshold = properties.number('Threshold');
  const evaluationPeriods = properties.number('EvaluationPeriods');
  return {
    name,
    description: properties.text('AlarmDescription', ''),
    value,
    breaches: (measured) => compare(measured, threshold),
    periodMinutes: minutes(properties, period),
    evaluationPeriods,
    datapointsToAlarm: properties.number('DatapointsToAlarm', evaluationPeriods),
    missing: readMissing(properties),
  };
}

interface Read {
  readonly value: AlarmDefinition['value'];
  /** Seconds. */
  readonly period: number;
}

function readMetric(stat: Fields, statistic: 'Statistic' | 'Stat', metric = stat): Read {
  const id = { namespace: metric.text('Namespace'), name: metric.text('MetricName'), dimensions: dimensionsOf(metric) };
  const problem = unknownMetric(id.namespace, id.name);
  if (problem !== undefined)
    throw new TemplateError(
      metric.place,
      problem,
      'Measure it, or list it with the reason in local/cloudwatch/measured.ts.',
    );
  return { value: valueOf(id, named(stat, statistic, statistics)), period: stat.number('Period') };
}

/** One expression, which is what the alarm is about, over metrics of the same period. */
function readExpression(properties: Fields): Read {
  const queries = properties.groups('Metrics');
  const expression = queries.find((query) => query.has('Expression'));
  const read = queries
    .filter((query) => query !== expression)
    .map((query): [string, Read] => {
      const stat = query.group('MetricStat');
      return [query.text('Id'), readMetric(stat, 'Stat', stat.group('Metric'))];
    });
  const byId = new Map(read);
  const periods = new Set(read.map(([, { period }]) => period));
  const [period] = periods;
  if (expression === undefined || period === undefined || periods.size > 1)
    throw fault(properties, 'Metrics', 'is not one expression over metrics of one period.');
  const compiled = compile(expression);
  return {
    period,
    value: (metrics, from, to) => compiled((id) => byId.get(id)?.value(metrics, from, to)),
  };
}

function compile(query: Fields) {
  try {
    return compileExpression(query.text('Expression'));
  } catch (error) {
    throw fault(query, 'Expression', error instanceof Error ? error.message : String(error));
  }
}

function dimensionsOf(metric: Fields): Record<string, string> {
  return Object.fromEntries(metric.groups('Dimensions').map((each) => [each.text('Name'), each.text('Value')]));
}

function named<T>(properties: Fields, property: string, known: Readonly<Partial<Record<string, T>>>): T {
  const found = known[properties.text(property)];
  if (found !== undefined) return found;
  throw fault(properties, property, `can be ${Object.keys(known).join(', ')} here.`);
}

function minutes(properties: Fields, seconds: number): number {
  if (seconds >= 60 && seconds % 60 === 0) return seconds / 60;
  throw fault(properties, 'Period', 'has to be whole minutes here.');
}

function readMissing(properties: Fields): AlarmDefinition['missing'] {
  const missing = properties.text('TreatMissingData', 'missing');
  if (missing === 'breaching' || missing === 'notBreaching' || missing === 'ignore' || missing === 'missing')
    return missing;
  throw fault(properties, 'TreatMissingData', 'is not a way to treat missing data.');
}

function actionsOf(properties: Fields): Readonly<Record<AlarmChange['state'], readonly string[]>> {
  const enabled = properties.flag('ActionsEnabled', true);
  const of = (name: string): readonly string[] => (enabled ? properties.texts(name) : []);
  return { ALARM: of('AlarmActions'), OK: of('OKActions'), INSUFFICIENT_DATA: of('InsufficientDataActions') };
}

/** Tells the topics. In AWS an alarm that may not is lost without a word. Here there is a word. */
async function act(
  { name, state, before }: AlarmChange,
  topicArns: readonly string[],
  alarmArn: string,
  cloud: Cloud,
): Promise<void> {
  // The first look at a new stack: nobody has answered the mail yet that asks whether they want to hear.
  if (before === 'INSUFFICIENT_DATA' && state === 'OK') return;
  for (const topicArn of topicArns) {
    const topic = cloud.topics.get(topicArn);
    if (topic === undefined) cloud.log(`[sns] ${name} is told to ${topicArn}, which is no topic of this stack.`);
    else if (!(await alarmMayTell(topic, cloud.account, alarmArn)))
      cloud.log(`[iam] cloudwatch.amazonaws.com may not sns:Publish to ${topic.name}: nobody hears of ${name}.`);
    else
      cloud.log(`[sns] ${topic.name}: ${state}: "${name}" (${topic.subscriptions.join(', ') || 'nobody subscribed'})`);
  }
}

function fault(properties: Fields, name: string, problem: string): TemplateError {
  const todo = 'Mend it in lib/, or teach local/resources/cloudwatch.ts.';
  return new TemplateError(`${properties.place}.${name}`, problem, todo);
}
