import type Stripe from 'stripe';
import { cardSessionParams, type CardOrder } from '../../billing/checkout.ts';
import { orCustomerGone } from '../customer-gone.ts';
import { fingerprint } from '../fingerprint.ts';

/**
 * Where the customer gives a card for later: the session that is open already, else a new one. Nothing of it is
 * remembered on our side. Stripe's list of sessions is asked, and the latest of them stands in the idempotency key, so
 * that two requests at once make one session, and a later one another.
 *
 * @throws CustomerGone
 */
export async function openCardCheckout(stripe: Stripe, order: CardOrder): Promise<string> {
  const params = cardSessionParams(order);
  const latest = await latestOf(stripe, order.customerId);
  if (latest?.status === 'open' && latest.url !== null) return latest.url;
  const idempotencyKey = `card/${fingerprint(params, latest?.id ?? null)}`;
  const { id, url } = await orCustomerGone(stripe.checkout.sessions.create(params, { idempotencyKey }));
  if (url === null) throw new Error(`Stripe opened session ${id} without an address.`);
  return url;
}

/** Among the customer's last hundred sessions of any kind: older ones have run out, a day after they were opened. */
async function latestOf(stripe: Stripe, customer: string): Promise<Stripe.Checkout.Session | undefined> {
  const { data } = await orCustomerGone(stripe.checkout.sessions.list({ customer, limit: 100 }));
  return data.find(({ mode }) => mode === 'setup');
}
