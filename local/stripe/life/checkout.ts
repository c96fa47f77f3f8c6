import type Stripe from 'stripe';
import type { CheckoutOrder, KeptCard } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { orderedLines } from './ordered-lines.ts';
import { customerDetails } from '../resources/checkout-session.ts';
import { attachCard } from '../resources/payment-methods.ts';
import { attachAccount } from './bank-accounts.ts';
import { customerFor } from './checkout-customer.ts';
import { completeSetup } from './checkout-setup.ts';
import { type Order, subscribe } from './subscribing.ts';

const DAY = 24 * 60 * 60;

/** When the first payment falls due, if it is not today. Whole seconds. */
export function trialEndOf(order: CheckoutOrder | undefined, now: number): number | null {
  const trial = order?.trialEnd ?? null;
  if (trial === null) return null;
  return 'at' in trial ? trial.at : now + trial.days * DAY;
}

export interface Payment {
  /** Null when nothing is due and none was asked for. */
  readonly card: KeptCard | null;
  readonly email: string;
  /** Instead of a card: a bank account, whose money takes days. */
  readonly account?: string;
  /** Whether the customer has just authenticated it (3-D Secure). */
  readonly authenticated: boolean;
}

/** The customer pays (or begins a trial): only now are payment method, subscription and invoice made, and the session completes. */
export function completeCheckout(
  work: Work,
  session: Stripe.Checkout.Session,
  { card, account, email, authenticated }: Payment,
): Stripe.Checkout.Session {
  if (session.mode === 'setup' && card !== null) return completeSetup(work, session, { card, authenticated });
  const order = work.state.orders.get(session.id);
  const customer = customerFor(work, session, { email, name: card?.name ?? null });
  const method =
    account === undefined ? card && attachCard(work, customer, card) : attachAccount(work, customer, account);
  if (authenticated && method !== null) work.state.authenticatedMethods.add(method.id);
  const trialEnd = trialEndOf(order, work.now);
  const facts: Order = {
    customer,
    method,
    lines: orderedLines(work, session.id),
    metadata: order?.subscriptionMetadata ?? {},
    description: order?.description ?? null,
    trialEnd,
    missingMethod: order?.missingMethod,
    redemptions: order?.redemptions,
    session: session.id,
  };
  const { subscription, invoice } = subscribe(work, facts, { authenticated });
  const complete: Stripe.Checkout.Session = {
    ...session,
    customer: customer.id,
    customer_details: customerDetails(email, card?.name ?? null),
    invoice: invoice.id,
    payment_status: trialEnd !== null ? 'no_payment_required' : invoice.status === 'paid' ? 'paid' : 'unpaid',
    status: 'complete',
    subscription: subscription.id,
    url: null,
  };
  return work.save('checkoutSessions', complete, 'checkout.session.completed');
}
