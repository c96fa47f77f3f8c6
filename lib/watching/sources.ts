import { Duration, Stack } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Handlers } from '../functions/handlers.ts';
import type { HandlerName } from '../functions/needs.ts';

export interface SourcesProps {
  readonly handlers: Handlers;
  /** Where the functions count. */
  readonly namespace: string;
  readonly apiId: string;
  readonly tableName: string;
  /** Of the queue with what was given up of the table's stream. */
  readonly queueName: string;
}

/** What is measured: by the functions themselves, and by AWS. */
export interface Sources {
  /** What functions/shared/metrics.ts counts under this name. Sums, because each line of the log counts one. */
  readonly counted: (metricName: string, dimensions?: Readonly<Record<string, string>>) => Metric;
  /** What Lambda measures of a function. @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
  readonly lambda: (name: HandlerName, metricName: LambdaMetric, statistic?: string) => Metric;
  /** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html */
  readonly api: (metricName: 'Count' | '4xx' | '5xx' | 'Latency', statistic?: string) => Metric;
  /** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html */
  readonly table: (metricName: TableMetric) => Metric;
  /** Messages in the queue of what was given up. */
  readonly givenUp: () => Metric;
}

type LambdaMetric = 'Invocations' | 'Errors' | 'Throttles' | 'Duration' | 'IteratorAge';
type TableMetric =
  'ConsumedReadCapacityUnits' | 'ConsumedWriteCapacityUnits' | 'ReadThrottleEvents' | 'WriteThrottleEvents';

/** Everything in five minutes, unless whoever watches says otherwise. */
const period = Duration.minutes(5);

export const sources = ({ handlers, namespace, apiId, tableName, queueName }: SourcesProps): Sources => ({
  counted: (metricName, dimensions = {}) =>
    new Metric({ namespace, metricName, dimensionsMap: dimensions, statistic: Stats.SUM, period }),
  lambda: (name, metricName, statistic = Stats.SUM) =>
    handlers.get(name).function.metric(metricName, { statistic, period }),
  api: (metricName, statistic = Stats.SUM) =>
    new Metric({ namespace: 'AWS/ApiGateway', metricName, dimensionsMap: { ApiId: apiId }, statistic, period }),
  table: (metricName) =>
    new Metric({
      namespace: 'AWS/DynamoDB',
      metricName,
      dimensionsMap: { TableName: tableName },
      statistic: Stats.SUM,
      period,
    }),
  givenUp: () =>
    new Metric({
      namespace: 'AWS/SQS',
      metricName: 'ApproximateNumberOfMessagesVisible',
      dimensionsMap: { QueueName: queueName },
      statistic: Stats.MAXIMUM,
      period,
    }),
});

/** Where the functions of this stack count: a stack's own, so that two stages do not ring each other's alarms. */
export const namespaceOf = (scope: Construct): string => Stack.of(scope).stackName;
