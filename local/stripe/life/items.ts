import type Stripe from 'stripe';
import { newId } from '../core/ids.ts';
import type { Every, Period } from './periods.ts';

/** Only recurring prices can be subscribed to; Checkout refuses others. */
export function recurringOf(price: Stripe.Price): Every {
  if (price.recurring === null) throw new Error(`price ${price.id} is not recurring`);
  return price.recurring;
}

/** The price again, in the older shape that subscription items still carry. */
function planOf(price: Stripe.Price): Stripe.Plan {
  const { interval, interval_count } = recurringOf(price);
  return {
    id: price.id,
    object: 'plan',
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: 'per_unit',
    created: price.created,
    currency: price.currency,
    interval,
    interval_count,
    livemode: false,
    metadata: price.metadata,
    meter: null,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: null,
    usage_type: 'licensed',
  };
}

export interface ItemFacts {
  readonly subscription: string;
  readonly price: Stripe.Price;
  readonly quantity: number;
  readonly period: Period;
  readonly now: number;
}

export function newItem({ subscription, price, quantity, period, now }: ItemFacts): Stripe.SubscriptionItem {
  return {
    id: newId('si', 14),
    object: 'subscription_item',
    billing_thresholds: null,
    created: now,
    current_period_end: period.end,
    current_period_start: period.start,
    current_trial: null,
    discounts: [],
    metadata: {},
    plan: planOf(price),
    price,
    quantity,
    subscription,
    tax_rates: [],
  };
}

export const withPrice = (
  item: Stripe.SubscriptionItem,
  price: Stripe.Price,
  quantity: number,
): Stripe.SubscriptionItem => ({ ...item, price, plan: planOf(price), quantity });

export const withPeriod = (item: Stripe.SubscriptionItem, period: Period): Stripe.SubscriptionItem => ({
  ...item,
  current_period_start: period.start,
  current_period_end: period.end,
});

export const amountOf = (price: Stripe.Price, quantity: number): number => (price.unit_amount ?? 0) * quantity;
