import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { idOf, invoicesOf } from './references.ts';
import { closeUnpaid } from './writing-off.ts';

/** A payment that was tried and not made is given up together with its session. */
function cancelPayment(work: Work, id: string): void {
  const intent = work.state.objects.paymentIntents.get(id);
  if (intent === undefined) return;
  const canceled: Stripe.PaymentIntent = {
    ...intent,
    canceled_at: work.accountNow,
    cancellation_reason: 'automatic',
    next_action: null,
    status: 'canceled',
  };
  work.save('paymentIntents', canceled, 'payment_intent.canceled');
}

export function expireSession(work: Work, session: Stripe.Checkout.Session): Stripe.Checkout.Session {
  if (session.payment_intent !== null) cancelPayment(work, idOf(session.payment_intent));
  return work.save('checkoutSessions', { ...session, status: 'expired', url: null }, 'checkout.session.expired');
}

/** A subscription whose first invoice was never paid: it ends, and the invoice with it. */
export function expireIncomplete(work: Work, subscription: Stripe.Subscription): void {
  for (const invoice of invoicesOf(work.state, subscription.id)) {
    if (invoice.status === 'open') closeUnpaid(work, invoice, 'void');
  }
  const ended: Stripe.Subscription = { ...subscription, status: 'incomplete_expired', ended_at: work.now };
  work.save('subscriptions', ended, 'customer.subscription.updated');
}
