import type Stripe from 'stripe';
import { newId } from '../core/ids.ts';
import type { Work } from '../core/work.ts';
import { periodLines, takePendingLines } from './invoice-lines.ts';
import { draftInvoice } from './invoicing.ts';
import { firstItem } from './references.ts';
import { inNextPeriod } from './trials.ts';

/** A renewal's invoice waits this long as a draft before it is finalised and collected. Seconds. */
const DRAFT_TIME = 60 * 60;

const RENEWING = new Set<string>(['active', 'trialing', 'past_due', 'unpaid']);

/** Whether another period follows: not for what has ended, is paused, or was never paid for. */
export const renews = ({ status }: Stripe.Subscription): boolean => RENEWING.has(status);

/** Begins the next period; after a trial, the first that is paid for. The period moves before the money does. */
export function renew(work: Work, subscription: Stripe.Subscription): void {
  const before = firstItem(subscription);
  const id = newId('in');
  const moved = inNextPeriod(subscription, work.now);
  const status = subscription.status === 'trialing' ? 'active' : subscription.status;
  const next: Stripe.Subscription = { ...moved, status, latest_invoice: id };
  work.save('subscriptions', next, 'customer.subscription.updated');
  // An unpaid subscription's invoices stay drafts, until somebody finalises them.
  const advances = status !== 'unpaid';
  draftInvoice(work, {
    id,
    subscription: next,
    lines: [...takePendingLines(work, next.id), ...periodLines(work, next)],
    reason: 'subscription_cycle',
    period: { start: before.current_period_start, end: before.current_period_end },
    finalizesAt: advances ? work.now + DRAFT_TIME : null,
    advances,
  });
}
