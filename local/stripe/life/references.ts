import type Stripe from 'stripe';

/** The id of what a field refers to: in the simulator's own state every reference is an id, never the object. */
export const idOf = (reference: string | { readonly id: string }): string =>
  typeof reference === 'string' ? reference : reference.id;

/** The one item of a subscription. Every subscription here has at least one. */
export function firstItem(subscription: Stripe.Subscription): Stripe.SubscriptionItem {
  const [item] = subscription.items.data;
  if (item === undefined) throw new Error(`subscription ${subscription.id} has no item`);
  return item;
}

const ENDED = new Set<string>(['canceled', 'incomplete_expired']);

export const isLive = (subscription: Stripe.Subscription): boolean => !ENDED.has(subscription.status);

export const periodEnd = (subscription: Stripe.Subscription): number =>
  Math.min(...subscription.items.data.map((item) => item.current_period_end));
