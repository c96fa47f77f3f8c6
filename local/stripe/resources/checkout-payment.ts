import type Stripe from 'stripe';
import type { CheckoutOrder, PaymentOrder } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { withTotals } from '../life/checkout-totals.ts';
import { mergeMetadata } from '../wire/metadata.ts';
import { addressOf } from './address.ts';
import {
  emailOf,
  expiryOf,
  linesOf,
  type Params,
  purchaseOf,
  redemptionsAsked,
  refuseBoth,
  refuseIn,
} from './checkout-common.ts';
import { pricesOf } from './checkout-prices.ts';
import { newSession } from './checkout-session.ts';

function shippingOf({ payment_intent_data: data }: Params): Stripe.PaymentIntent.Shipping | null {
  if (data?.shipping === undefined) return null;
  const { name, address, phone = null, carrier = null, tracking_number = null } = data.shipping;
  const to = addressOf(address);
  return { ...(to && { address: to }), carrier, name, phone, tracking_number };
}

const paymentOf = (params: Params): PaymentOrder => ({
  description: params.payment_intent_data?.description ?? null,
  metadata: mergeMetadata({}, params.payment_intent_data?.metadata),
  receiptEmail: params.payment_intent_data?.receipt_email ?? null,
  futureUsage: params.payment_intent_data?.setup_future_usage ?? null,
  captureMethod: params.payment_intent_data?.capture_method ?? 'automatic_async',
  shipping: shippingOf(params),
  descriptorSuffix: params.payment_intent_data?.statement_descriptor_suffix ?? null,
  makesCustomer: params.customer_creation === 'always',
});

const orderOf = (params: Params, facts: Pick<CheckoutOrder, 'lines' | 'redemptions'>): CheckoutOrder => ({
  ...facts,
  subscriptionMetadata: {},
  description: null,
  trialEnd: null,
  keepName: params.customer_update?.name === 'auto',
  missingMethod: 'create_invoice',
  payment: paymentOf(params),
});

/** How a session in this mode says that it makes no invoice. */
const NO_INVOICE: Stripe.Checkout.Session.InvoiceCreation = {
  enabled: false,
  invoice_data: {
    account_tax_ids: null,
    custom_fields: null,
    description: null,
    footer: null,
    issuer: null,
    metadata: {},
    rendering_options: null,
  },
};

/** A session that sells something once. Its payment intent is made when somebody tries to pay. */
export function paymentSession(work: Work, params: Params): Stripe.Checkout.Session {
  refuseIn('payment', params, ['subscription_data', 'setup_intent_data', 'payment_method_collection']);
  refuseBoth(params, 'customer', 'customer_creation');
  const email = emailOf(work, params);
  const expiresAt = expiryOf(params, work.accountNow);
  const prices = pricesOf(work, params, 'payment');
  const purchase = purchaseOf(params, prices);
  const redemptions = redemptionsAsked(work, params, purchase);
  const facts = { params, email, currency: purchase.currency, expiresAt, url: work.url, now: work.accountNow };
  const session = newSession(facts);
  work.state.orders.set(session.id, orderOf(params, { lines: linesOf(params, prices), redemptions }));
  return {
    ...withTotals(work, session),
    customer_creation: params.customer === undefined ? (params.customer_creation ?? 'if_required') : null,
    invoice_creation: NO_INVOICE,
    payment_method_collection: 'if_required',
  };
}
