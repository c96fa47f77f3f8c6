import type Stripe from 'stripe';
import { recurringOf, withPeriod } from './items.ts';
import { periodFrom } from './periods.ts';

/** The subscription in the periods that begin at `start`. */
export function inNextPeriod(subscription: Stripe.Subscription, start: number): Stripe.Subscription {
  const anchor = subscription.billing_cycle_anchor;
  const data = subscription.items.data.map((item) =>
    item.current_period_end > start ? item : withPeriod(item, periodFrom(start, anchor, recurringOf(item.price))),
  );
  return { ...subscription, items: { ...subscription.items, data } };
}

/** A trial that ends before its time: the first period that is paid for begins now, and periods are counted from now. */
export function trialEnded(subscription: Stripe.Subscription, now: number): Stripe.Subscription {
  const data = subscription.items.data.map((item) => withPeriod(item, { start: item.current_period_start, end: now }));
  const cut = { ...subscription.items, data };
  const ended = { ...subscription, billing_cycle_anchor: now, trial_end: now, status: 'active' as const, items: cut };
  return inNextPeriod(ended, now);
}
