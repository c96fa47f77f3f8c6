import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { invoicesOf } from './references.ts';
import { closeUnpaid } from './writing-off.ts';

export const expireSession = (work: Work, session: Stripe.Checkout.Session): Stripe.Checkout.Session =>
  work.save('checkoutSessions', { ...session, status: 'expired', url: null }, 'checkout.session.expired');

/** A subscription whose first invoice was never paid: it ends, and the invoice with it. */
export function expireIncomplete(work: Work, subscription: Stripe.Subscription): void {
  for (const invoice of invoicesOf(work.state, subscription.id)) {
    if (invoice.status === 'open') closeUnpaid(work, invoice, 'void');
  }
  const ended: Stripe.Subscription = { ...subscription, status: 'incomplete_expired', ended_at: work.now };
  work.save('subscriptions', ended, 'customer.subscription.updated');
}
