import type Stripe from 'stripe';
import { at } from '../../billing/json.ts';
import { userOf } from '../../billing/metadata.ts';
import { isText, type Item } from '../records/items.ts';
import { orMissing } from '../stripe-api.ts';

/** A customer at Stripe who is, or was, the user. */
export interface OwnCustomer {
  readonly id: string;
  /** Null when it was deleted, or Stripe does not know it (any more). */
  readonly atStripe: Stripe.Customer | null;
}

/**
 * Every customer of the user: those that the records name, and those that say so at Stripe. Two first checkouts at once
 * may have left one that nobody recorded; it has the email of the one that is, so those of that email are looked at. One
 * that names another user is not this one's, whatever the records say.
 */
export async function ownCustomers(stripe: Stripe, userId: string, items: readonly Item[]): Promise<OwnCustomer[]> {
  const found = new Map<string, OwnCustomer>();
  for (const id of recordedCustomers(items)) {
    const customer = await orMissing(stripe.customers.retrieve(id));
    const atStripe = customer && customer.deleted !== true ? customer : null;
    if ((userOf(atStripe?.metadata) ?? userId) === userId) found.set(id, { id, atStripe });
  }
  for (const email of emailsIn(items, [...found.values()]))
    for await (const customer of stripe.customers.list({ email, limit: 100 }))
      if (userOf(customer.metadata) === userId) found.set(customer.id, { id: customer.id, atStripe: customer });
  return [...found.values()];
}

/** As the user's customer, subscriptions and charges name them. */
function recordedCustomers(items: readonly Item[]): Set<string> {
  const places = [['customerId'], ['record', 'customerId'], ['charge', 'customerId']];
  return new Set(items.flatMap((item) => places.map((place) => at(item, ...place))).filter(isText));
}

function emailsIn(items: readonly Item[], customers: readonly OwnCustomer[]): Set<string> {
  const emails = [...items.map(({ email }) => email), ...customers.map(({ atStripe }) => atStripe?.email)];
  return new Set(emails.filter(isText));
}
