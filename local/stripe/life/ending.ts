import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { invoicesOf } from './references.ts';

type Details = Stripe.Subscription.CancellationDetails;

export const NO_DETAILS: Details = { comment: null, feedback: null, feedback_option: null, reason: null };

/** Schedules the end. The subscription stays as it is until then; with flexible billing `cancel_at` tells, not `cancel_at_period_end`. */
export function scheduledToEnd(subscription: Stripe.Subscription, at: number, now: number): Stripe.Subscription {
  const details = subscription.cancellation_details ?? NO_DETAILS;
  return {
    ...subscription,
    cancel_at: at,
    canceled_at: now,
    cancellation_details: { ...details, reason: 'cancellation_requested' },
  };
}

export function takenBack(subscription: Stripe.Subscription): Stripe.Subscription {
  return { ...subscription, cancel_at: null, canceled_at: null, cancellation_details: NO_DETAILS };
}

/** What is not paid yet is not collected any more once its subscription has ended; an open invoice can still be paid by hand. */
function stopCollecting(work: Work, subscription: string): void {
  for (const invoice of invoicesOf(work.state, subscription)) {
    if (invoice.status !== 'draft' && invoice.status !== 'open') continue;
    const stopped = { ...invoice, auto_advance: false, automatically_finalizes_at: null, next_payment_attempt: null };
    work.save('invoices', stopped, 'invoice.updated');
  }
}

/** Ends a subscription now. @param reason null when nobody asked for it, as when its customer was deleted */
export function endSubscription(
  work: Work,
  subscription: Stripe.Subscription,
  reason: Details['reason'],
): Stripe.Subscription {
  stopCollecting(work, subscription.id);
  work.state.pendingLines.delete(subscription.id);
  const details = subscription.cancellation_details ?? NO_DETAILS;
  const ended: Stripe.Subscription = {
    ...subscription,
    status: 'canceled',
    canceled_at: subscription.canceled_at ?? work.now,
    ended_at: work.now,
    cancellation_details: { ...details, reason: reason ?? details.reason },
  };
  return work.save('subscriptions', ended, 'customer.subscription.deleted');
}
