import { templateWith } from '../stack/synthesized.ts';

/** A metric of the functions' own: `WebhookEvents {"Outcome":"saved"}`. */
const nameOf = (name: unknown, dimensions: Readonly<Record<string, unknown>>): string =>
  `${String(name)} ${JSON.stringify(dimensions)}`;

/** What CloudWatch makes of the lines of a log. */
export function countedIn(lines: readonly string[]): Set<string> {
  const counted = lines.filter((line) => line.includes('_aws')).map((line): Line => JSON.parse(line));
  return new Set(
    counted.flatMap(({ _aws: head, ...line }) =>
      head.CloudWatchMetrics.flatMap(({ Dimensions, Metrics }) =>
        Dimensions.flatMap((set) =>
          Metrics.map(({ Name }) => nameOf(Name, Object.fromEntries(set.map((name) => [name, line[name]])))),
        ),
      ),
    ),
  );
}

interface Line {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
  readonly [dimension: string]: unknown;
}

const template = templateWith();
const NAMESPACE = 'Subscriptions';

/** What the stack's alarms hang on, of what functions count. */
export function alarmed(): string[] {
  const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm'));
  return alarms.flatMap(({ Properties: { Namespace, MetricName, Dimensions = [] } }) => {
    const dimensions = Dimensions.map(({ Name, Value }: { Name: string; Value: string }) => [Name, Value]);
    return Namespace === NAMESPACE ? [nameOf(MetricName, Object.fromEntries(dimensions))] : [];
  });
}

/** What the dashboard shows of it: the metric, the names of its dimensions, and their values. */
export function shown(): { readonly name: string; readonly dimensions: Record<string, string> }[] {
  const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  const parts: unknown[] = dashboard?.Properties.DashboardBody['Fn::Join'][1];
  const text = parts.map((part) => (typeof part === 'string' ? part : 'reference')).join('');
  const { widgets }: { widgets: { properties: { metrics?: unknown[][] } }[] } = JSON.parse(text);
  const own = widgets.flatMap(({ properties }) => properties.metrics ?? []).filter(([first]) => first === NAMESPACE);
  return own.map(([, name, ...rest]) => {
    const texts = rest.filter((each) => typeof each === 'string');
    const pairs = texts.flatMap((each, index) => (index % 2 === 0 ? [[each, texts[index + 1] ?? '']] : []));
    return { name: String(name), dimensions: Object.fromEntries(pairs) };
  });
}
