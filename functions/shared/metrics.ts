/**
 * What is counted. Each name and value of a dimension is a metric of its own to CloudWatch: ten are free, each more costs
 * $0.30 for a month in which it is counted all the time. So no dimension has more values than a few words.
 */
export type Metric =
  /** By `Outcome`: how an event from Stripe ended. */
  | 'WebhookEvents'
  /** Users with more than one live subscription, who pay twice: at each look at their account, and by reconcile. */
  | 'DuplicateSubscriptions'
  /** Records that reconcile found to differ from Stripe, and repaired. */
  | 'DriftRepaired'
  /** Those of them for which no undelivered event accounts. */
  | 'Unexplained';

const NAMESPACE = 'Subscriptions';

/**
 * Counts, in CloudWatch's embedded metric format: a line of the log that CloudWatch makes metrics of by itself, so that
 * counting costs no call. What Lambda puts before a line does not keep it from being read.
 *
 * @param dimensions by which the counts are told apart; few values, never an id: each one is a metric of its own
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function count(
  metrics: Partial<Record<Metric, number>>,
  dimensions: Readonly<Record<string, string>> = {},
): void {
  console.log(JSON.stringify(embedded(metrics, dimensions, Date.now())));
}

/** @param timestamp milliseconds since 1970 */
function embedded(
  metrics: Partial<Record<Metric, number>>,
  dimensions: Readonly<Record<string, string>>,
  timestamp: number,
) {
  const directive = {
    Namespace: NAMESPACE,
    Dimensions: [Object.keys(dimensions)],
    Metrics: Object.keys(metrics).map((Name) => ({ Name, Unit: 'Count' })),
  };
  return { _aws: { Timestamp: timestamp, CloudWatchMetrics: [directive] }, ...dimensions, ...metrics };
}
