import type Stripe from 'stripe';
import { idOf } from './subscription.ts';

/** What became of a payment that failed: it was made later, it is still due, or nobody waits for it any more. */
export type Recovery = 'recovered' | 'due' | 'lost';

/** The first attempt is made within the hour after an invoice is final; what is paid later than that was not paid by it. */
const FIRST_ATTEMPT = 3600;

/**
 * What became of an invoice whose first payment failed; undefined for all others. An invoice counts its automatic attempts
 * alone, so one that its customer paid after the first is told by the time that it took.
 *
 * @see https://docs.stripe.com/api/invoices/object#invoice_object-attempt_count
 */
export function recoveryOf(invoice: Stripe.Invoice): Recovery | undefined {
  const { status, attempted, attempt_count, billing_reason, status_transitions } = invoice;
  if (!attempted || billing_reason === 'subscription_create') return undefined;
  if (status === 'open') return 'due';
  if (status === 'uncollectible' || status === 'void') return 'lost';
  const { paid_at, finalized_at } = status_transitions;
  const late = paid_at !== null && finalized_at !== null && paid_at - finalized_at > FIRST_ATTEMPT;
  return attempt_count > 1 || late ? 'recovered' : undefined;
}

export function subscriptionOf({ parent }: Stripe.Invoice): string | undefined {
  const subscription = parent?.subscription_details?.subscription;
  return subscription ? idOf(subscription) : undefined;
}
