/**
 * What is counted. Each name and value of a dimension is a metric of its own to CloudWatch: ten are free, each more costs
 * $0.30 for a month in which it is counted all the time. So no dimension has more values than a few words. The alarms and
 * the dashboard name them too (lib/watching/): a test holds both against what the functions really count.
 */
export type Metric =
  /** By `Outcome`: how an event from Stripe ended; `refused` when none of our secrets signed it. */
  | 'WebhookEvents'
  /** By `Route`, and once more by `Code`: answers of 5xx. */
  | 'Failures'
  /** By `Step`: how far those came who wanted a plan. */
  | 'Checkouts'
  /** By `At`: how often somebody else wrote in between. */
  | 'Conflicts'
  /** By `Type`: what was announced on the bus. */
  | 'AccessChanges'
  /** Users with more than one live subscription, who pay twice: at each look at their account, and by reconcile. */
  | 'DuplicateSubscriptions'
  /** Records that reconcile found to differ from Stripe, and repaired. */
  | 'DriftRepaired'
  /** Those of them for which no undelivered event accounts. */
  | 'Unexplained'
  /** Live records of which Stripe knows nothing. */
  | 'UnknownToStripe'
  /** Events that reconcile found not delivered. */
  | 'UndeliveredEvents'
  /** Charge runs that were due and are not finished at the end of a pass. */
  | 'ChargeRunsUnfinished';

/** Of each stack its own: two stages in one account do not count together. */
const NAMESPACE = process.env['METRICS_NAMESPACE'] ?? 'Subscriptions';

type Counts = Partial<Record<Metric, number>>;
type Dimensions = Readonly<Record<string, string>>;

/**
 * Counts, in CloudWatch's embedded metric format: a line of the log that CloudWatch makes metrics of by itself, so that
 * counting costs no call. What Lambda puts before a line does not keep it from being read.
 *
 * @param dimensions by which the counts are told apart, all together; few values, never an id: each one is a metric of its own
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const count = (counts: Counts, dimensions: Dimensions = {}): void =>
  write(counts, dimensions, [Object.keys(dimensions)]);

/** The same, told apart by each of the dimensions alone. */
export const countByEach = (counts: Counts, dimensions: Dimensions): void =>
  write(
    counts,
    dimensions,
    Object.keys(dimensions).map((name) => [name]),
  );

function write(counts: Counts, dimensions: Dimensions, sets: readonly (readonly string[])[]): void {
  const directive = {
    Namespace: NAMESPACE,
    Dimensions: sets,
    Metrics: Object.keys(counts).map((Name) => ({ Name, Unit: 'Count' })),
  };
  // Milliseconds since 1970.
  const head = { Timestamp: Date.now(), CloudWatchMetrics: [directive] };
  console.log(JSON.stringify({ _aws: head, ...dimensions, ...counts }));
}
