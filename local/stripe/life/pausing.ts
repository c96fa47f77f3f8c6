import type Stripe from 'stripe';
import { newId } from '../core/ids.ts';
import type { Work } from '../core/work.ts';
import { invoiceNow } from './collecting.ts';
import { creditLine, periodLines, takePendingLines } from './invoice-lines.ts';
import { recurringOf, withPeriod } from './items.ts';
import { periodFrom } from './periods.ts';

const UPDATED = 'customer.subscription.updated';

/** Stops a subscription: no periods and no invoices, until it is resumed. */
export function pause(work: Work, subscription: Stripe.Subscription): Stripe.Subscription {
  const paused = work.save('subscriptions', { ...subscription, status: 'paused' }, UPDATED);
  work.emit('customer.subscription.paused', paused);
  return paused;
}

/** The unused time of the paid period goes as credit into the next invoice. */
export function creditUnused(work: Work, subscription: Stripe.Subscription): void {
  const lines = subscription.items.data.map((item) => creditLine(work, subscription, { item, now: work.now }));
  const pending = work.state.pendingLines.get(subscription.id) ?? [];
  work.state.pendingLines.set(subscription.id, [...pending, ...lines]);
}

export function resumed(work: Work, subscription: Stripe.Subscription): Stripe.Subscription {
  const active = work.save('subscriptions', { ...subscription, status: 'active' }, UPDATED);
  work.emit('customer.subscription.resumed', active);
  return active;
}

/** A paused subscription goes on: a period begins now, and is paid for now. @param onSuccess only once that is paid */
export function resume(work: Work, subscription: Stripe.Subscription, onSuccess: boolean): Stripe.Subscription {
  const id = newId('in');
  const data = subscription.items.data.map((item) =>
    withPeriod(item, periodFrom(work.now, work.now, recurringOf(item.price))),
  );
  const items = { ...subscription.items, data };
  const restarted: Stripe.Subscription = { ...subscription, billing_cycle_anchor: work.now, items, latest_invoice: id };
  const next = onSuccess ? work.save('subscriptions', restarted, UPDATED) : resumed(work, restarted);
  const lines = [...takePendingLines(work, next.id), ...periodLines(work, next)];
  const period = { start: work.now, end: work.now };
  invoiceNow(work, { id, subscription: next, lines, reason: 'subscription_update', period });
  return work.state.objects.subscriptions.get(next.id) ?? next;
}
