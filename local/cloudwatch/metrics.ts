/** What a metric is known by: its name within a namespace, and the values that tell it from others of that name. */
export interface MetricId {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Of all that was recorded in a span of time. */
export interface Sample {
  readonly sum: number;
  readonly count: number;
  readonly min: number;
  readonly max: number;
}

export interface Metrics {
  record(metric: MetricId, value: number): void;
  /** Has a value looked up again and again, such as the length of a queue. */
  watch(metric: MetricId, look: () => number): void;
  /** Looks at everything that is watched. */
  look(): void;
  /** What was recorded from one minute to another, its beginning included; undefined for nothing at all. */
  between(metric: MetricId, from: number, to: number): Sample | undefined;
}

/** CloudWatch keeps minutes for fifteen days; a day is as long as an alarm of this stack looks back. */
const KEPT_MINUTES = 24 * 60;

/**
 * What is measured, minute by minute, by the time at which it arrives. That is the machine's time also for what functions
 * count that live ahead of it: a month that was skipped is no month in which nothing was measured.
 *
 * @param minute the number of the minute that it is now
 */
export function metricStore(minute: () => number): Metrics {
  const minutes = new Map<string, Map<number, Sample>>();
  const watched: (() => void)[] = [];

  const record = (metric: MetricId, value: number): void => {
    const key = keyOf(metric);
    const known = minutes.get(key) ?? new Map<number, Sample>();
    const now = minute();
    known.set(now, withValue(known.get(now), value));
    for (const oldest of known.keys()) {
      if (oldest > now - KEPT_MINUTES) break;
      known.delete(oldest);
    }
    minutes.set(key, known);
  };

  return {
    record,
    watch: (metric, look) => void watched.push(() => record(metric, look())),
    look: () => {
      for (const look of watched) look();
    },
    between: (metric, from, to) => {
      const within = [...(minutes.get(keyOf(metric)) ?? [])].filter(([at]) => at >= from && at < to);
      return within.map(([, sample]) => sample).reduce<Sample | undefined>(together, undefined);
    },
  };
}

function keyOf({ namespace, name, dimensions }: MetricId): string {
  const sorted = Object.entries(dimensions).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([namespace, name, sorted]);
}

const withValue = (sample: Sample | undefined, value: number): Sample =>
  together(sample, { sum: value, count: 1, min: value, max: value });

const together = (one: Sample | undefined, other: Sample): Sample =>
  one === undefined
    ? other
    : {
        sum: one.sum + other.sum,
        count: one.count + other.count,
        min: Math.min(one.min, other.min),
        max: Math.max(one.max, other.max),
      };
