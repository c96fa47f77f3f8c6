import type Stripe from 'stripe';
import { newId } from '../core/ids.ts';
import type { Work } from '../core/work.ts';
import { periodLines, takePendingLines } from './invoice-lines.ts';
import { draftInvoice, invoiceNow } from './invoicing.ts';
import { recurringOf, withPeriod } from './items.ts';
import { periodFrom } from './periods.ts';
import { firstItem } from './references.ts';

/** A renewal's invoice waits this long as a draft before it is finalised and collected. Seconds. */
const DRAFT_TIME = 60 * 60;

/** The subscription in the periods that begin at `start`. */
function inNextPeriod(subscription: Stripe.Subscription, start: number): Stripe.Subscription {
  const anchor = subscription.billing_cycle_anchor;
  const data = subscription.items.data.map((item) =>
    item.current_period_end > start ? item : withPeriod(item, periodFrom(start, anchor, recurringOf(item.price))),
  );
  return { ...subscription, items: { ...subscription.items, data } };
}

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

/** Ends a trial before its time: the first period begins, and is paid, now. */
export function endTrialNow(work: Work, subscription: Stripe.Subscription): Stripe.Subscription {
  const ended: Stripe.Subscription = { ...subscription, billing_cycle_anchor: work.now, trial_end: work.now };
  const cut = { ...ended.items, data: ended.items.data.map((item) => ({ ...item, current_period_end: work.now })) };
  const id = newId('in');
  const moved = inNextPeriod({ ...ended, items: cut }, work.now);
  const next: Stripe.Subscription = { ...moved, status: 'active', latest_invoice: id };
  work.save('subscriptions', next, 'customer.subscription.updated');
  work.emit('customer.subscription.trial_will_end', next);
  invoiceNow(work, {
    id,
    subscription: next,
    lines: [...takePendingLines(work, next.id), ...periodLines(work, next)],
    reason: 'subscription_update',
    period: { start: work.now, end: work.now },
  });
  return next;
}
