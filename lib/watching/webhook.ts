import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Sources } from './sources.ts';
import type { Watch } from './watch.ts';

const QUARTER = { period: Duration.minutes(15) };

/** One event that fails is nothing: Stripe sends it again. Any sale or renewal is several within minutes. */
const SEVERAL = 3;

/** A call to Stripe gives up after four seconds, twice: from here on most of that is used, in milliseconds. */
const SLOW = 6000;

/** Whether Stripe's events arrive. */
export const webhookWatches = ({ counted, lambda }: Sources): readonly Watch[] => [
  {
    name: 'WebhookFailing',
    stake: 'Events from Stripe are answered with an error: who pays may wait for access, who stopped paying keeps it.',
    metric: counted('Failures', { Route: 'POST /webhook' }).with(QUARTER),
    atLeast: SEVERAL,
  },
  {
    name: 'WebhookCrashing',
    stake: 'The function that takes events from Stripe ends before it answers: nothing of theirs is recorded.',
    metric: lambda('webhook', 'Errors').with(QUARTER),
    atLeast: SEVERAL,
  },
  {
    name: 'WebhookRefusing',
    stake:
      'Signed events are refused: with a wrong webhook secret that is every event of Stripe’s, for three days, then never.',
    metric: counted('WebhookEvents', { Outcome: 'refused' }).with(QUARTER),
    atLeast: SEVERAL,
  },
  {
    name: 'WebhookSlow',
    stake:
      'Events from Stripe take many seconds, because Stripe or the table answers late: soon they fail, and come again on top.',
    metric: lambda('webhook', 'Duration', Stats.MAXIMUM),
    atLeast: SLOW,
    periods: 2,
  },
  {
    name: 'WebhookThrottled',
    stake: 'Lambda starts no more of the function that takes events from Stripe: the account’s limit is used up.',
    metric: lambda('webhook', 'Throttles'),
    atLeast: 1,
  },
  {
    name: 'WebhookUnreadable',
    stake:
      'An event that Stripe signed could not be read, and was passed over: its record may be behind until reconcile runs.',
    metric: counted('WebhookEvents', { Outcome: 'unreadable' }).with({ period: Duration.hours(1) }),
    atLeast: 1,
  },
];
