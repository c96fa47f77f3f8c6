import type { MetricId, Metrics, Sample } from './metrics.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** What the template says of an alarm. */
export interface AlarmDefinition {
  readonly name: string;
  readonly description: string;
  /** The value of a period, whose minutes are from the first to before the second; undefined when nothing was measured. */
  readonly value: (metrics: Metrics, from: number, to: number) => number | undefined;
  /** Whether a value is too much, or too little. */
  readonly breaches: (value: number) => boolean;
  readonly periodMinutes: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly missing: 'breaching' | 'notBreaching' | 'ignore' | 'missing';
}

export const statistics: Readonly<Partial<Record<string, (sample: Sample) => number>>> = {
  Sum: ({ sum }) => sum,
  Average: ({ sum, count }) => sum / count,
  SampleCount: ({ count }) => count,
  Minimum: ({ min }) => min,
  Maximum: ({ max }) => max,
};

/** @param threshold in the metric's own unit */
export const comparisons: Readonly<Partial<Record<string, (value: number, threshold: number) => boolean>>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
};

export const valueOf =
  (metric: MetricId, statistic: (sample: Sample) => number): AlarmDefinition['value'] =>
  (metrics, from, to) => {
    const sample = metrics.between(metric, from, to);
    return sample && statistic(sample);
  };

/**
 * An alarm's state by the last of its periods, which end with this minute.
 *
 * @param minute the number of the minute that it is now, which counts as far as it has come
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
export function evaluate(alarm: AlarmDefinition, state: AlarmState, metrics: Metrics, minute: number): AlarmState {
  const { periodMinutes, evaluationPeriods, datapointsToAlarm, missing } = alarm;
  const ends = Array.from({ length: evaluationPeriods }, (_, index) => minute + 1 - index * periodMinutes);
  const values = ends.map((end) => alarm.value(metrics, end - periodMinutes, end));
  const measured = values.filter((value) => value !== undefined);
  if (measured.length === 0 && missing === 'ignore') return state;
  if (measured.length === 0 && missing === 'missing') return 'INSUFFICIENT_DATA';
  const unmeasured = missing === 'breaching' ? values.length - measured.length : 0;
  return measured.filter(alarm.breaches).length + unmeasured >= datapointsToAlarm ? 'ALARM' : 'OK';
}
