import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { checkSubscriptionsOn } from '../life/clock-members.ts';
import { scheduledToEnd } from '../life/ending.ts';
import { amountOf } from '../life/items.ts';
import { defaultMethod } from '../life/methods.ts';
import { checkWouldPay } from '../life/paying.ts';
import { periodEnd } from '../life/references.ts';
import { type Order, subscribe } from '../life/subscribing.ts';
import { invalidRequest, missingParam } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { mergeMetadata, metadata } from '../wire/metadata.ts';
import {
  bool,
  either,
  integer,
  list,
  needed,
  notSupported,
  object,
  oneOf,
  oneOfSupported,
  type Parsed,
  text,
} from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';
import { ownMethod } from './own-method.ts';
import { discountParams, redemptionsOf } from './redemptions.ts';

const DAY = 24 * 60 * 60;
const isTime = (raw: unknown): boolean => typeof raw === 'string' && /^\d+$/.test(raw);

const item = object({
  price: needed(text()),
  quantity: integer(1, 999_999),
  metadata,
  price_data: notSupported,
  discounts: notSupported,
  tax_rates: notSupported,
});

const createParams = {
  customer: needed(text()),
  items: list(item, 20),
  metadata,
  description: text(500),
  currency: text(3),
  default_payment_method: text(),
  collection_method: oneOfSupported(['charge_automatically'], ['send_invoice']),
  payment_behavior: oneOfSupported(
    ['allow_incomplete', 'default_incomplete', 'error_if_incomplete'],
    ['pending_if_incomplete'],
  ),
  off_session: bool,
  trial_period_days: integer(1, 730),
  trial_end: either(integer(0), isTime, oneOf('now')),
  trial_settings: object({
    end_behavior: needed(
      object({
        missing_payment_method: needed(oneOf('cancel', 'create_invoice', 'pause')),
        billing_cycle_anchor: notSupported,
      }),
    ),
  }),
  cancel_at_period_end: bool,
  cancel_at: either(integer(0), isTime, oneOf('min_period_end', 'max_period_end')),
  proration_behavior: oneOf('always_invoice', 'create_prorations', 'none'),
  billing_mode: object({ type: needed(oneOfSupported(['flexible'], ['classic'])), flexible: notSupported }),
  payment_settings: object({
    save_default_payment_method: oneOf('off', 'on_subscription'),
    payment_method_options: notSupported,
    payment_method_types: notSupported,
  }),
  automatic_tax: object({ enabled: needed(oneOfSupported(['false'], ['true'])) }),
  billing_cycle_anchor: notSupported,
  backdate_start_date: notSupported,
  add_invoice_items: notSupported,
  discounts: discountParams,
};
type Params = Parsed<typeof createParams>;

function linesOf(work: Work, params: Params): Order['lines'] {
  if (!params.items?.length) throw missingParam('items');
  const lines = params.items.map(({ price: id, quantity = 1 }, index) => {
    const param = `items[${index}][price]`;
    const price = find(work, 'prices', id, param);
    if (!price.active) {
      throw invalidRequest('The price specified is inactive. This field only accepts active prices.', param);
    }
    if (price.recurring === null) throw invalidRequest('The price must be recurring.', param);
    return { price, quantity };
  });
  const currencies = new Set(lines.map(({ price }) => price.currency));
  if (currencies.size > 1) throw invalidRequest('All prices on a subscription must have the same currency.', 'items');
  return lines;
}

function trialEndOf(params: Params, now: number): number | null {
  const { trial_period_days: days, trial_end: end } = params;
  if (days !== undefined && end !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: trial_end, trial_period_days.', 'trial_end');
  }
  if (typeof end === 'number' && end <= now) {
    throw invalidRequest('Invalid timestamp: must be an integer Unix timestamp in the future.', 'trial_end');
  }
  if (typeof end === 'number') return end;
  return days === undefined ? null : now + days * DAY;
}

const NO_METHOD =
  'This customer has no attached payment source or default payment method. Please consider adding a default payment method.';

/** The end that was asked for from the beginning. */
function withEnd(work: Work, subscription: Stripe.Subscription, params: Params): Stripe.Subscription {
  const asked = params.cancel_at_period_end === true ? 'min_period_end' : params.cancel_at;
  if (asked === undefined) return subscription;
  const at = typeof asked === 'number' ? asked : periodEnd(subscription);
  if (at <= work.now) throw invalidRequest('`cancel_at` must be a timestamp in the future.', 'cancel_at');
  return work.save('subscriptions', scheduledToEnd(subscription, at, work.now), 'customer.subscription.updated');
}

function create(work: Work, params: Params): Stripe.Subscription {
  const customer = find(work, 'customers', params.customer, 'customer');
  checkSubscriptionsOn(work, customer);
  const method = ownMethod(work, customer.id, params.default_payment_method);
  const lines = linesOf(work, params);
  const purchase = {
    customer: customer.id,
    amount: lines.reduce((sum, { price, quantity }) => sum + amountOf(price, quantity), 0),
    currency: lines[0]?.price.currency ?? 'usd',
  };
  const order: Order = {
    customer,
    method,
    lines,
    metadata: mergeMetadata({}, params.metadata),
    description: params.description ?? null,
    trialEnd: trialEndOf(params, work.now),
    missingMethod: params.trial_settings?.end_behavior.missing_payment_method,
    saveMethod: params.payment_settings?.save_default_payment_method,
    unpaidYet: true,
    redemptions: redemptionsOf(work, params.discounts, purchase),
  };
  const later = params.payment_behavior === 'default_incomplete';
  const charged = method ?? defaultMethod(work.state, { customer: customer.id, default_payment_method: null });
  const due = order.trialEnd === null && order.lines.some(({ price }) => (price.unit_amount ?? 0) > 0);
  if (due && !later && charged === undefined) throw invalidRequest(NO_METHOD, undefined, 'resource_missing');
  if (due && charged && params.payment_behavior === 'error_if_incomplete') checkWouldPay(work, charged);
  const { subscription } = subscribe(work, order, { attempt: !later });
  return withEnd(work, work.state.objects.subscriptions.get(subscription.id) ?? subscription, params);
}

export const subscriptionCreateRoutes: Route[] = [
  route('POST', '/v1/subscriptions', createParams, ({ work, params }) => create(work, params)),
];
