import {
  AlarmStatusWidget,
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type IAlarm,
  type IMetric,
  type IWidget,
  PeriodOverride,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Duration, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Sources } from './sources.ts';

/** What an operator looks at, the way of the money first. At most fifty metrics: with more it would not be free. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, sources: Sources, alarms: readonly IAlarm[]) {
    super(scope, id);
    const dashboard = new CloudWatchDashboard(this, 'Dashboard', {
      dashboardName: Stack.of(this).stackName,
      defaultInterval: Duration.days(1),
      periodOverride: PeriodOverride.AUTO,
    });
    dashboard.addWidgets(new AlarmStatusWidget({ title: 'Alarms: docs/runbook.md', alarms: [...alarms], width: 24 }));
    for (const row of [sales(sources), events(sources), records(sources), access(sources), machines(sources)])
      dashboard.addWidgets(...row);
  }
}

const sales = ({ counted }: Sources): IWidget[] => [
  graph('On the way to a plan', each(counted, 'Checkouts', 'Step', ['opened', 'reused', 'to_portal', 'completed'])),
  graph(
    'Answers of 5xx, by code',
    each(counted, 'Failures', 'Code', [
      'internal',
      'stripe_unavailable',
      'identity_provider_unavailable',
      'overloaded',
      'not_configured',
    ]),
  ),
];

const events = ({ counted, lambda }: Sources): IWidget[] => [
  graph(
    'Events from Stripe, by what became of them',
    each(counted, 'WebhookEvents', 'Outcome', [
      'saved',
      'refetched',
      'unchanged',
      'older',
      'ignored',
      'unowned',
      'dispute_kept',
      'dispute_ended',
      'unreadable',
      'refused',
    ]),
  ),
  graph('How long an event takes, in ms', [
    lambda('webhook', 'Duration', Stats.p(50)),
    lambda('webhook', 'Duration', Stats.p(99)),
  ]),
];

const records = ({ counted }: Sources): IWidget[] => [
  graph('What reconcile found', [
    counted('UndeliveredEvents'),
    counted('DriftRepaired'),
    counted('Unexplained'),
    counted('UnknownToStripe'),
    counted('DuplicateSubscriptions'),
  ]),
  graph('Two wrote at once', each(counted, 'Conflicts', 'At', ['record', 'checkout'])),
];

const access = ({ counted, lambda, givenUp }: Sources): IWidget[] => [
  graph(
    'Changes of access',
    each(counted, 'AccessChanges', 'Type', [
      'access.granted',
      'access.at_risk',
      'access.secured',
      'access.lost',
      'access.plan_changed',
    ]),
  ),
  graph('Changes of access not told yet: age in ms, and given up', [
    lambda('access-changes', 'IteratorAge', Stats.MAXIMUM),
    givenUp(),
  ]),
];

const machines = ({ counted, lambda, api, table }: Sources): IWidget[] => [
  graph('Schedules', [
    lambda('reconcile', 'Invocations'),
    lambda('reconcile', 'Errors'),
    lambda('charge-runs', 'Errors'),
    counted('ChargeRunsUnfinished'),
  ]),
  graph('API', [api('Count'), api('4xx'), api('5xx'), api('Latency', Stats.p(95))]),
  graph('Table', [
    table('ConsumedReadCapacityUnits'),
    table('ConsumedWriteCapacityUnits'),
    table('ReadThrottleEvents'),
    table('WriteThrottleEvents'),
  ]),
];

const each = (
  counted: Sources['counted'],
  metricName: string,
  dimension: string,
  values: readonly string[],
): IMetric[] => values.map((value) => counted(metricName, { [dimension]: value }).with({ label: value }));

const graph = (title: string, left: IMetric[]): IWidget => new GraphWidget({ title, left, width: 8, height: 6 });
