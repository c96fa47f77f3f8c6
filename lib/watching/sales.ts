import { Duration } from 'aws-cdk-lib';
import type { Sources } from './sources.ts';
import type { Watch } from './watch.ts';

const QUARTER = { period: Duration.minutes(15) };
const HOUR = { period: Duration.hours(1) };

/** Whether somebody who wants to buy can, and those who are to be charged are. */
export const salesWatches = (sources: Sources): readonly Watch[] => [...front(sources), ...charges(sources)];

const front = ({ counted, api }: Sources): readonly Watch[] => [
  {
    name: 'NotConfigured',
    stake: 'The stack has no Stripe keys: nobody can buy, and no event of Stripe’s is taken.',
    metric: counted('Failures', { Code: 'not_configured' }),
    atLeast: 1,
  },
  {
    name: 'CheckoutFailing',
    stake: 'Customers who want to buy get an error instead of the checkout.',
    metric: counted('Failures', { Route: 'POST /api/checkout' }).with(QUARTER),
    // A customer tries twice, and leaves.
    atLeast: 2,
  },
  {
    name: 'ApiFailing',
    stake: 'The API answers with errors of its own: customers cannot buy, see or cancel what they have.',
    metric: api('5xx'),
    atLeast: 5,
  },
  {
    name: 'RecordsOverloaded',
    stake: 'The table refuses reads or writes because it is too much at once: events and customers are turned away.',
    // Not DynamoDB's own count: an alarm on AWS/DynamoDB keeps its state for as long as nothing is counted, so it never ends.
    metric: counted('Failures', { Code: 'overloaded' }),
    atLeast: 3,
  },
];

const charges = ({ counted, lambda }: Sources): readonly Watch[] => [
  {
    name: 'ChargesFailing',
    stake: 'Some customers could not be charged, for no fault of their cards. The next hour tries again.',
    metric: lambda('charge-runs', 'Errors').with(HOUR),
    atLeast: 1,
  },
  {
    name: 'ChargesUnfinished',
    stake: 'A charge run that is due has not come to its end for six hours: not everybody has been charged.',
    metric: counted('ChargeRunsUnfinished').with(HOUR),
    atLeast: 1,
    periods: 6,
  },
];
