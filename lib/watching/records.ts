import { Duration } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { Sources } from './sources.ts';
import type { Watch } from './watch.ts';

const HOUR = { period: Duration.hours(1) };

/** Longer than from one reconcile to the next, so that what is still so keeps its alarm. */
const NEXT_RECONCILE = { period: Duration.hours(7) };

/** Two reconciles, and an hour. */
const TWO_RECONCILES = Duration.hours(13);

/** Whether the records say what Stripe says. */
export const recordsWatches = (sources: Sources): readonly Watch[] => [...found(sources), ...reconcileItself(sources)];

const found = ({ counted }: Sources): readonly Watch[] => [
  {
    name: 'DriftUnexplained',
    stake:
      'A record differed from Stripe although every event about it was delivered. It is mended; why, nobody knows.',
    metric: counted('Unexplained').with(HOUR),
    atLeast: 1,
  },
  {
    name: 'EventsUndelivered',
    stake: 'Events of Stripe’s did not arrive: until reconcile catches up, people who paid have no access.',
    metric: counted('UndeliveredEvents').with(HOUR),
    // One or two may just be on their way when reconcile looks.
    atLeast: 3,
  },
  {
    name: 'DuplicateSubscriptions',
    stake: 'Somebody has two live subscriptions, and pays twice.',
    metric: counted('DuplicateSubscriptions').with(NEXT_RECONCILE),
    atLeast: 1,
  },
  {
    name: 'UnknownToStripe',
    stake: 'A record gives access for a subscription that Stripe does not have: nobody pays for it.',
    metric: counted('UnknownToStripe').with(NEXT_RECONCILE),
    atLeast: 1,
  },
];

const reconcileItself = ({ lambda }: Sources): readonly Watch[] => [
  {
    name: 'ReconcileFailing',
    stake: 'Reconcile could not look at everything, twice in a row: what the webhook missed stays missed.',
    metric: lambda('reconcile', 'Errors').with(HOUR),
    atLeast: 2,
  },
  {
    name: 'ReconcileMissing',
    stake: 'Reconcile has not run for thirteen hours: what the webhook missed stays missed, and nobody is told.',
    metric: new MathExpression({
      // The other schedule runs every hour: only when that has gone on for half a day is a reconcile missing, and the
      // stack not just new. Missing data that counts as too much would ring for each new stack.
      expression: 'IF(hours < 12, 0, IF(FILL(runs, 0) < 1, 1, 0))',
      usingMetrics: { hours: lambda('charge-runs', 'Invocations'), runs: lambda('reconcile', 'Invocations') },
      period: TWO_RECONCILES,
    }),
    atLeast: 1,
  },
];
