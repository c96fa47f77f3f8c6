import type Stripe from 'stripe';
import { newId } from '../core/ids.ts';
import type { Work } from '../core/work.ts';
import { periodLines, takePendingLines } from './invoice-lines.ts';
import { draftInvoice } from './invoicing.ts';
import { firstItem } from './references.ts';
import { inNextPeriod } from './trials.ts';

/** A renewal's invoice waits this long as a draft before it is finalised and collected. Seconds. */
const DRAFT_TIME = 60 * 60;

/** Begins the next period; after a trial, the first that is paid for. The period moves before the money does. */
export function renew(work: Work, subscription: Stripe.Subscription): void {
  const before = firstItem(subscription);
  const id = newId('in');
  const moved = inNextPeriod(subscription, work.now);
  const next: Stripe.Subscription = { ...moved, status: 'active', latest_invoice: id };
  work.save('subscriptions', next, 'customer.subscription.updated');
  draftInvoice(work, {
    id,
    subscription: next,
    lines: [...takePendingLines(work, next.id), ...periodLines(work, next)],
    reason: 'subscription_cycle',
    period: { start: before.current_period_start, end: before.current_period_end },
    finalizesAt: work.now + DRAFT_TIME,
  });
}
