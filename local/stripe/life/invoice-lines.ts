import type Stripe from 'stripe';
import { newId } from '../core/ids.ts';
import type { Work } from '../core/work.ts';
import { wireDecimal } from '../wire/decimal.ts';
import { activeDiscounts, reductionOf } from './discounts.ts';
import { amountOf } from './items.ts';
import { formatDate, formatPrice } from './money.ts';
import type { Period } from './periods.ts';
import { idOf } from './references.ts';

export const productName = (work: Pick<Work, 'state'>, price: Stripe.Price): string =>
  work.state.objects.products.get(idOf(price.product))?.name ?? idOf(price.product);

interface LineFacts {
  readonly subscription: Stripe.Subscription;
  readonly item: Stripe.SubscriptionItem;
  readonly price: Stripe.Price;
  readonly amount: number;
  readonly description: string;
  readonly period: Period;
  readonly proration: boolean;
}

function line({
  subscription,
  item,
  price,
  amount,
  description,
  period,
  proration,
}: LineFacts): Stripe.InvoiceLineItem {
  const quantity = item.quantity ?? 1;
  return {
    id: newId('il'),
    object: 'line_item',
    amount,
    currency: price.currency,
    description,
    discount_amounts: [],
    discountable: !proration,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: subscription.metadata,
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: proration ? newId('ii') : null,
        proration,
        proration_details: proration ? { credited_items: null } : null,
        subscription: subscription.id,
        subscription_item: item.id,
      },
      type: 'subscription_item_details',
    },
    period,
    pretax_credit_amounts: [],
    pricing: {
      price_details: { price: price.id, product: idOf(price.product) },
      type: 'price_details',
      unit_amount_decimal: price.unit_amount_decimal,
    },
    quantity,
    quantity_decimal: wireDecimal(String(quantity)),
    subscription: subscription.id,
    subtotal: amount,
    taxes: [],
  };
}

/** A line for each item's current period; free while the subscription is in its trial. */
export function periodLines(work: Work, subscription: Stripe.Subscription): Stripe.InvoiceLineItem[] {
  const trial = subscription.status === 'trialing';
  return subscription.items.data.map((item) => {
    const name = productName(work, item.price);
    const description = trial
      ? `Trial period for ${name}`
      : `${item.quantity ?? 1} × ${name} (at ${formatPrice(item.price)})`;
    const period = { start: item.current_period_start, end: item.current_period_end };
    const amount = trial ? 0 : amountOf(item.price, item.quantity ?? 1);
    return line({ subscription, item, price: item.price, amount, description, period, proration: false });
  });
}

/** The time of the current period that is left, as a share of it, times an amount; rounded to the minor unit. */
function prorated(amount: number, period: Period, now: number): number {
  const share = (period.end - now) / (period.end - period.start);
  return Math.round(amount * Math.min(1, Math.max(0, share)));
}

interface Side {
  readonly item: Stripe.SubscriptionItem;
  readonly now: number;
}

/** What an item costs after the subscription's discounts: prorations count them in, and are not discounted again. */
const netOf = (work: Work, subscription: Stripe.Subscription, { item, now }: Side): number =>
  activeDiscounts(work.state, subscription, now).reduce(
    (amount, { coupon }) => amount - reductionOf(amount, coupon),
    amountOf(item.price, item.quantity ?? 1),
  );

/** Gives back what was paid for the rest of the period. */
export function creditLine(work: Work, subscription: Stripe.Subscription, { item, now }: Side): Stripe.InvoiceLineItem {
  const whole = { start: item.current_period_start, end: item.current_period_end };
  const amount = 0 - prorated(netOf(work, subscription, { item, now }), whole, now);
  const description = `Unused time on ${productName(work, item.price)} after ${formatDate(now)}`;
  const period = { start: now, end: whole.end };
  return line({ subscription, item, price: item.price, amount, description, period, proration: true });
}

/** Charges the new price for the rest of the period. */
export function debitLine(work: Work, subscription: Stripe.Subscription, { item, now }: Side): Stripe.InvoiceLineItem {
  const whole = { start: item.current_period_start, end: item.current_period_end };
  const amount = prorated(netOf(work, subscription, { item, now }), whole, now);
  const description = `Remaining time on ${productName(work, item.price)} after ${formatDate(now)}`;
  const period = { start: now, end: whole.end };
  return line({ subscription, item, price: item.price, amount, description, period, proration: true });
}

/** The proration lines that wait for the subscription's next invoice; they go into one invoice only. */
export function takePendingLines(work: Work, subscription: string): Stripe.InvoiceLineItem[] {
  const pending = work.state.pendingLines.get(subscription) ?? [];
  work.state.pendingLines.delete(subscription);
  return pending;
}
