import Stripe from 'stripe';
import { isMissing } from '../../clients/stripe-api.ts';

/** A right as the dashboard names it, and a call that needs it and changes nothing. */
type Right = readonly [name: string, call: (stripe: Stripe) => Promise<unknown>];

/** The rights that setup, the functions and these commands need. Whoever may write may read. */
const RIGHTS: readonly Right[] = [
  ['Customers: write', (stripe) => stripe.customers.update('cus_none', {})],
  ['Products: write', (stripe) => stripe.products.update('none', {})],
  ['Prices: write', (stripe) => stripe.prices.update('price_none', {})],
  ['Checkout Sessions: write', (stripe) => stripe.checkout.sessions.expire('cs_none')],
  ['Subscriptions: write', (stripe) => stripe.subscriptions.update('sub_none', {})],
  ['PaymentIntents: write', (stripe) => stripe.paymentIntents.cancel('pi_none')],
  ['Customer portal: write', (stripe) => stripe.billingPortal.sessions.create({ customer: 'cus_none' })],
  ['Webhook Endpoints: write', (stripe) => stripe.webhookEndpoints.update('we_none', {})],
  ['Invoices: read', (stripe) => stripe.invoices.list({ limit: 1 })],
  ['SetupIntents: read', (stripe) => stripe.setupIntents.list({ limit: 1 })],
  ['PaymentMethods: read', (stripe) => stripe.customers.listPaymentMethods('cus_none')],
  ['Events: read', (stripe) => stripe.events.list({ limit: 1 })],
];

/**
 * Which rights a restricted key lacks, as far as that can be seen from outside: a change of what does not exist is refused
 * as missing to those who may, and as forbidden to those who may not. A secret key (`sk_`) may do everything.
 */
export async function missingRights(stripe: Stripe, secretKey: string): Promise<string[]> {
  if (!secretKey.startsWith('rk_')) return [];
  const missing: string[] = [];
  for (const [name, call] of RIGHTS) if (!(await may(() => call(stripe)))) missing.push(name);
  return missing;
}

async function may(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    if (error instanceof Stripe.errors.StripePermissionError) return false;
    if (isMissing(error)) return true;
    throw error;
  }
}
