import { isLive } from '../../billing/subscription.ts';
import type { Explanation } from '../../clients/explain/explain.ts';

/** What is off, and what to do about it. Nothing when all is as it should be. */
export function adviceOn(told: Explanation): string[] {
  return [nobody, noCustomer, unlike, unknownThere, twice, otherOwner, goneCustomer, undelivered].flatMap((look) =>
    look(told),
  );
}

type Look = (told: Explanation) => string[];

const nobody: Look = ({ asked, userId, customer, subscriptions }) => {
  if (userId === null && subscriptions.length > 0)
    return ['It belongs to none of our users. To import it: npm run operator -- help backfill'];
  if (userId === null) return [`Neither the records nor Stripe know ${asked}. Are these the keys of its account?`];
  if (customer === null && subscriptions.length === 0)
    return [
      'There are no records of this user: no checkout was ever begun, or the person signed in by another account.',
    ];
  return [];
};

const noCustomer: Look = ({ userId, customer }) =>
  userId !== null && customer !== null && customer.record === null
    ? [
        `Customer ${customer.id} is not recorded for ${userId}, so the next checkout would make another. To record it: npm run operator -- help backfill`,
      ]
    : [];

const unlike: Look = ({ userId, subscriptions }) => {
  const differing = subscriptions.filter(({ stripe }) => stripe.is === 'different').map(({ id }) => id);
  if (userId === null || differing.length === 0) return [];
  return [`The record of ${differing.join(', ')} is not what Stripe has. To repair it: npm run operator -- reconcile`];
};

const unknownThere: Look = ({ subscriptions }) =>
  subscriptions
    .filter(({ known, stripe }) => known && isLive(known.record) && stripe.is === 'unknown there')
    .map(({ id }) => `Stripe has no ${id}: are these the keys of its account, or was the sandbox emptied?`);

const twice: Look = ({ subscriptions }) => {
  const live = subscriptions.filter(({ known }) => known && isLive(known.record)).map(({ id }) => id);
  if (live.length < 2) return [];
  return [`This user pays twice: end one of ${live.join(', ')} in the Stripe dashboard, and refund it.`];
};

const otherOwner: Look = ({ userId, customer }) =>
  userId !== null && customer?.names && customer.names !== userId
    ? [
        `Customer ${customer.id} names user ${customer.names} at Stripe, but is recorded for ${userId}. Mend its metadata.`,
      ]
    : [];

const goneCustomer: Look = ({ customer }) =>
  customer?.record && customer.stripe !== 'there'
    ? [
        `Customer ${customer.id} is ${customer.stripe === 'deleted' ? 'deleted at' : 'unknown to'} Stripe. The next checkout makes a fresh one.`,
      ]
    : [];

const undelivered: Look = ({ told }) => {
  const count = told.events.filter(({ delivered }) => !delivered).length;
  if (count === 0) return [];
  return [
    `${count} of the events were not delivered. Stripe goes on trying for three days; look at the webhook endpoint in its dashboard, or apply them now: npm run operator -- reconcile`,
  ];
};
