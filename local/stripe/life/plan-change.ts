import type Stripe from 'stripe';
import { newId } from '../core/ids.ts';
import type { Work } from '../core/work.ts';
import { creditLine, debitLine, periodLines, takePendingLines } from './invoice-lines.ts';
import { invoiceNow } from './collecting.ts';
import { recurringOf, withPeriod, withPrice } from './items.ts';
import { periodFrom } from './periods.ts';
import { trialEnded } from './trials.ts';

type ProrationBehavior = 'always_invoice' | 'create_prorations' | 'none';

export interface PlanChange {
  readonly item: Stripe.SubscriptionItem;
  readonly price: Stripe.Price;
  readonly quantity: number;
  readonly behavior: ProrationBehavior;
  /** Whether a trial ends with the change; otherwise it goes on, and nothing is charged. */
  readonly endTrial: boolean;
}

export interface Proposal {
  readonly subscription: Stripe.Subscription;
  /** What is charged or given back, now or with the next invoice. */
  readonly lines: readonly Stripe.InvoiceLineItem[];
  readonly when: 'now' | 'next invoice' | 'never';
}

const sameInterval = (a: Stripe.Price, b: Stripe.Price): boolean =>
  recurringOf(a).interval === recurringOf(b).interval &&
  recurringOf(a).interval_count === recurringOf(b).interval_count;

const withItem = (subscription: Stripe.Subscription, item: Stripe.SubscriptionItem): Stripe.Subscription => ({
  ...subscription,
  items: { ...subscription.items, data: subscription.items.data.map((old) => (old.id === item.id ? item : old)) },
});

/** Another interval begins a new period at once: what is unused is credited, the new period is charged whole. */
function restarted(work: Work, subscription: Stripe.Subscription, change: PlanChange): Proposal {
  const { item, price, quantity, behavior } = change;
  const period = periodFrom(work.now, work.now, recurringOf(price));
  const moved = withPeriod(withPrice(item, price, quantity), period);
  const next = { ...withItem(subscription, moved), billing_cycle_anchor: work.now };
  const credit = behavior === 'none' ? [] : [creditLine(work, subscription, { item, now: work.now })];
  return { subscription: next, lines: [...credit, ...periodLines(work, next)], when: 'now' };
}

function prorated(work: Work, subscription: Stripe.Subscription, change: PlanChange): Proposal {
  const { item, price, quantity, behavior } = change;
  const moved = withPrice(item, price, quantity);
  const next = withItem(subscription, moved);
  if (behavior === 'none') return { subscription: next, lines: [], when: 'never' };
  const credit = creditLine(work, subscription, { item, now: work.now });
  const debit = debitLine(work, next, { item: moved, now: work.now });
  return { subscription: next, lines: [credit, debit], when: behavior === 'always_invoice' ? 'now' : 'next invoice' };
}

/** What a change of price or quantity would do; nothing is changed yet. */
export function proposeChange(work: Work, subscription: Stripe.Subscription, change: PlanChange): Proposal {
  const { item, price, quantity, endTrial } = change;
  if (subscription.status === 'trialing') {
    const moved = withItem(subscription, withPrice(item, price, quantity));
    if (!endTrial) return { subscription: moved, lines: [], when: 'never' };
    const next = trialEnded(moved, work.now);
    return { subscription: next, lines: periodLines(work, next), when: 'now' };
  }
  return sameInterval(item.price, price) ? prorated(work, subscription, change) : restarted(work, subscription, change);
}

/** Does what was proposed: one `updated` event, and the invoice or the lines that wait for the next one. */
export function applyChange(work: Work, { subscription, lines, when }: Proposal): Stripe.Subscription {
  if (when !== 'now') {
    const pending = work.state.pendingLines.get(subscription.id) ?? [];
    if (lines.length > 0) work.state.pendingLines.set(subscription.id, [...pending, ...lines]);
    return work.save('subscriptions', subscription, 'customer.subscription.updated');
  }
  const id = newId('in');
  const next = { ...subscription, latest_invoice: id };
  const before = work.state.objects.subscriptions.get(next.id);
  work.save('subscriptions', next, 'customer.subscription.updated');
  // Stripe announces the end of a trial that is ended early as well, though there is nothing left to wait for.
  if (before?.status === 'trialing') work.emit('customer.subscription.trial_will_end', next);
  const period = { start: work.now, end: work.now };
  const all = [...takePendingLines(work, next.id), ...lines];
  invoiceNow(work, { id, subscription: next, lines: all, reason: 'subscription_update', period });
  return work.state.objects.subscriptions.get(next.id) ?? next;
}
