import type Stripe from 'stripe';
import type { PaymentOrder, State } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { customerDetails } from '../resources/checkout-session.ts';
import { newIntent } from '../resources/payment-intent.ts';
import { attach } from './attaching.ts';
import { customerFor, knownCustomer, type Payer } from './checkout-customer.ts';
import { doneUrl } from './checkout-place.ts';
import { countRedemption } from './discounts.ts';
import { confirmIntent } from './paying.ts';
import { customerOf, idOf } from './references.ts';

type Session = Stripe.Checkout.Session;

/** The checkout session that an intent is to pay for, if it is one's. */
export const sessionOfIntent = (state: State, intent: string): Session | undefined =>
  [...state.objects.checkoutSessions.values()].find((session) => session.payment_intent === intent);

function orderOf(work: Work, session: Session): PaymentOrder {
  const payment = work.state.orders.get(session.id)?.payment;
  if (payment === undefined) throw new Error(`session ${session.id} is no one-time payment`);
  return payment;
}

/** The payment, made at the first attempt and tried again at the next ones. Whoever is only a guest is no customer. */
function intentOf(work: Work, session: Session, payer: Payer): Stripe.PaymentIntent {
  const known = session.payment_intent === null ? undefined : idOf(session.payment_intent);
  const intent = known === undefined ? undefined : work.state.objects.paymentIntents.get(known);
  if (intent !== undefined) return intent;
  const order = orderOf(work, session);
  const customer = (order.makesCustomer ? customerFor : knownCustomer)(work, session, payer)?.id ?? null;
  const { amount_total: amount, currency } = session;
  const { description, futureUsage, metadata } = order;
  const facts = { amount: amount ?? 0, currency: currency ?? 'usd', customer, method: null };
  const made: Stripe.PaymentIntent = {
    ...newIntent({ ...facts, description, futureUsage, metadata, now: work.accountNow }),
    capture_method: order.captureMethod,
    receipt_email: order.receiptEmail,
    shipping: order.shipping,
    statement_descriptor_suffix: order.descriptorSuffix,
  };
  work.save('checkoutSessions', { ...session, customer, payment_intent: made.id }, null);
  return work.save('paymentIntents', made, 'payment_intent.created');
}

function complete(work: Work, session: Session, facts: Partial<Session>): Session {
  for (const redemption of work.state.orders.get(session.id)?.redemptions ?? []) countRedemption(work, redemption);
  return work.save(
    'checkoutSessions',
    { ...session, ...facts, status: 'complete', url: null },
    'checkout.session.completed',
  );
}

/** To be called when a payment has been tried: one that was made, or is on its way, completes its session. */
export function completePayment(work: Work, intent: Stripe.PaymentIntent): void {
  const session = sessionOfIntent(work.state, intent.id);
  if (session?.status !== 'open' || !['succeeded', 'processing'].includes(intent.status)) return;
  const method = intent.payment_method && work.state.objects.paymentMethods.get(idOf(intent.payment_method));
  const customer = customerOf(work.state, intent);
  if (method && customer && intent.setup_future_usage !== null) attach(work, method, customer);
  const { email = null, name = null } = (method && method.billing_details) || {};
  complete(work, session, {
    customer_details: customerDetails(email, name),
    payment_status: intent.status === 'succeeded' ? 'paid' : 'unpaid',
  });
}

/**
 * Tries to pay for what is sold once. Paid, or processing, the session is complete; else it stays open, and the intent tells
 * why: it was declined, or waits for the customer (3-D Secure).
 *
 * @param method one that is nobody's yet
 */
export function payOnce(
  work: Work,
  session: Session,
  { method, payer }: { readonly method: Stripe.PaymentMethod; readonly payer: Payer },
): Stripe.PaymentIntent {
  const billing_details = { ...method.billing_details, email: payer.email };
  const kept = work.save('paymentMethods', { ...method, billing_details }, null);
  const intent = intentOf(work, session, payer);
  const returnUrl = new URL(doneUrl(session), work.url).href;
  const tried = confirmIntent(work, intent, { method: kept, authenticated: false, returnUrl });
  completePayment(work, tried);
  return tried;
}

/** Nothing is left to pay. */
export function takeForFree(work: Work, session: Session, payer: Payer): void {
  const order = orderOf(work, session);
  const customer = (order.makesCustomer ? customerFor : knownCustomer)(work, session, payer)?.id ?? null;
  const customer_details = customerDetails(payer.email, payer.name);
  complete(work, session, { customer, customer_details, payment_status: 'no_payment_required' });
}
