import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Sources } from './sources.ts';
import type { Watch } from './watch.ts';

/** Whether others hear of changes of access. */
export const accessWatches = ({ lambda, givenUp }: Sources): readonly Watch[] => [
  {
    name: 'AccessChangesBehind',
    stake: 'Changes of access are told late: mails that remind of a payment, and all else that hangs on the bus, wait.',
    metric: lambda('access-changes', 'IteratorAge', Stats.MAXIMUM),
    atLeast: Duration.minutes(15).toMilliseconds(),
  },
  {
    name: 'AccessChangesGivenUp',
    stake: 'Changes of access were given up after a day of trying: the next reconcile tells them, if it can.',
    metric: givenUp(),
    atLeast: 1,
  },
];
