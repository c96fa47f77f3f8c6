import type Stripe from 'stripe';
import type { State } from '../core/state.ts';

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

/** The subscription that an invoice is for, if it still is known. */
export function subscriptionOf(state: State, invoice: Stripe.Invoice): Stripe.Subscription | undefined {
  const subscription = invoice.parent?.subscription_details?.subscription;
  return subscription === undefined ? undefined : state.objects.subscriptions.get(idOf(subscription));
}

/** A subscription's invoices, oldest first. */
export const invoicesOf = (state: State, subscription: string): Stripe.Invoice[] =>
  [...state.objects.invoices.values()].filter((invoice) => {
    const parent = invoice.parent?.subscription_details?.subscription;
    return parent !== undefined && idOf(parent) === subscription;
  });

export function customerOf(
  state: State,
  { customer }: { readonly customer: Stripe.Invoice['customer'] },
): Stripe.Customer | undefined {
  return customer === null ? undefined : state.objects.customers.get(idOf(customer));
}
