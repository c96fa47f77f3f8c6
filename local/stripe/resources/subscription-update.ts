import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { NO_DETAILS, scheduledToEnd, takenBack } from '../life/ending.ts';
import { redeem } from '../life/discounts.ts';
import { amountOf } from '../life/items.ts';
import { applyChange, proposeChange } from '../life/plan-change.ts';
import { trialEndsUnpaid } from '../life/trial-ending.ts';
import { firstItem, idOf, isLive, periodEnd } from '../life/references.ts';
import { invalidRequest, noSuch } from '../wire/errors.ts';
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
  type Parsed,
  text,
  unsettable,
} from '../wire/params.ts';
import { ownMethod } from './own-method.ts';
import { discountParams, redemptionsOf } from './redemptions.ts';

const isTime = (raw: unknown): boolean => typeof raw === 'string' && /^\d+$/.test(raw);

const FEEDBACK = oneOf(
  'customer_service',
  'low_quality',
  'missing_features',
  'other',
  'switched_service',
  'too_complex',
  'too_expensive',
  'unused',
);
export const cancellationDetails = { comment: unsettable(text()), feedback: unsettable(FEEDBACK) };

const item = object({ id: text(), price: text(), quantity: integer(1, 999_999), metadata, deleted: notSupported });

export const updateParams = {
  items: list(item, 20),
  metadata,
  cancel_at_period_end: bool,
  cancel_at: unsettable(either(integer(0), isTime, oneOf('min_period_end', 'max_period_end'))),
  cancellation_details: object(cancellationDetails),
  trial_end: either(integer(0), isTime, oneOf('now')),
  default_payment_method: text(),
  description: unsettable(text(500)),
  proration_behavior: oneOf('always_invoice', 'create_prorations', 'none'),
  payment_behavior: oneOf('allow_incomplete', 'default_incomplete', 'error_if_incomplete', 'pending_if_incomplete'),
  pause_collection: unsettable(
    object({ behavior: needed(oneOf('keep_as_draft', 'mark_uncollectible', 'void')), resumes_at: integer(0) }),
  ),
  trial_settings: object({
    end_behavior: needed(
      object({
        missing_payment_method: needed(oneOf('cancel', 'create_invoice', 'pause')),
        billing_cycle_anchor: notSupported,
      }),
    ),
  }),
  billing_cycle_anchor: notSupported,
  discounts: discountParams,
  add_invoice_items: notSupported,
};
type Change = Parsed<typeof updateParams>;

function endAsked(subscription: Stripe.Subscription, change: Change): number | null | undefined {
  const { cancel_at: at, cancel_at_period_end: atPeriodEnd } = change;
  if (at !== undefined && atPeriodEnd === true) {
    throw invalidRequest('You may only specify one of these parameters: cancel_at, cancel_at_period_end.', 'cancel_at');
  }
  if (at === 'max_period_end') return Math.max(...subscription.items.data.map((one) => one.current_period_end));
  if (atPeriodEnd === true || at === 'min_period_end') return periodEnd(subscription);
  return at ?? (at === null || atPeriodEnd === false ? null : undefined);
}

function withEnd(subscription: Stripe.Subscription, change: Change, now: number): Stripe.Subscription {
  const end = endAsked(subscription, change);
  if (end === undefined || end === subscription.cancel_at) return subscription;
  if (end === null) return takenBack(subscription);
  if (end <= now) throw invalidRequest('`cancel_at` must be a timestamp in the future.', 'cancel_at');
  return scheduledToEnd(subscription, end, now);
}

function withDetails(subscription: Stripe.Subscription, change: Change): Stripe.Subscription {
  const { comment, feedback } = change.cancellation_details ?? {};
  const details = subscription.cancellation_details ?? NO_DETAILS;
  return {
    ...subscription,
    cancellation_details: {
      ...details,
      ...(comment !== undefined && { comment }),
      ...(feedback !== undefined && { feedback }),
    },
  };
}

/** Invoices go on being made; what becomes of them until `resumes_at` is the behaviour. */
function pausedCollection(
  { pause_collection: pause }: Change,
  now: number,
): Pick<Stripe.Subscription, 'pause_collection'> | null {
  if (pause === undefined) return null;
  const resumes = pause?.resumes_at ?? null;
  if (resumes !== null && resumes <= now) {
    throw invalidRequest('`resumes_at` must be a timestamp in the future.', 'pause_collection[resumes_at]');
  }
  return { pause_collection: pause === null ? null : { behavior: pause.behavior, resumes_at: resumes } };
}

/** The discounts that were sent replace those that were there. */
function replacedDiscounts(work: Work, subscription: Stripe.Subscription, asked: Change['discounts']): string[] {
  const { id, currency } = subscription;
  const customer = idOf(subscription.customer);
  const amount = subscription.items.data.reduce((sum, one) => sum + amountOf(one.price, one.quantity ?? 1), 0);
  const redemptions = redemptionsOf(work, asked, { customer, amount, currency });
  for (const old of subscription.discounts) {
    const discount = work.state.objects.discounts.get(idOf(old));
    if (discount) work.emit('customer.discount.deleted', discount);
  }
  return redemptions.flatMap((one) => redeem(work, one, { customer, subscription: id })?.id ?? []);
}

/** The plain fields, the scheduled end and a moved trial: what one `updated` event tells together. */
function withFields(work: Work, subscription: Stripe.Subscription, change: Change): Stripe.Subscription {
  const method = change.default_payment_method;
  ownMethod(work, idOf(subscription.customer), method);
  const plain: Stripe.Subscription = {
    ...subscription,
    metadata: mergeMetadata(subscription.metadata, change.metadata),
    ...(method !== undefined && { default_payment_method: method }),
    ...(change.description !== undefined && { description: change.description }),
    ...pausedCollection(change, work.now),
    ...(change.discounts !== undefined && { discounts: replacedDiscounts(work, subscription, change.discounts) }),
    ...(change.trial_settings && {
      trial_settings: { end_behavior: { ...change.trial_settings.end_behavior, billing_cycle_anchor: null } },
    }),
  };
  return withDetails(withEnd(withTrial(plain, change, work.now), change, work.now), change);
}

/** A trial can be made longer or shorter; its end is the end of the period it is in. */
function withTrial(subscription: Stripe.Subscription, { trial_end: end }: Change, now: number): Stripe.Subscription {
  if (end === undefined || end === 'now') return subscription;
  if (end <= now) throw invalidRequest('`trial_end` must be a timestamp in the future.', 'trial_end');
  if (subscription.status !== 'trialing') {
    throw invalidRequest('The Stripe simulator gives no trial to a subscription that has begun.', 'trial_end');
  }
  const data = subscription.items.data.map((one) => ({ ...one, current_period_end: end }));
  const items = { ...subscription.items, data };
  return { ...subscription, trial_end: end, billing_cycle_anchor: end, items };
}

function withPlan(work: Work, subscription: Stripe.Subscription, change: Change): Stripe.Subscription {
  const [wanted, ...others] = change.items ?? [];
  if (others.length > 0) throw invalidRequest('The Stripe simulator changes one item at a time.', 'items');
  const item = wanted?.id ? subscription.items.data.find((one) => one.id === wanted.id) : firstItem(subscription);
  if (item === undefined) throw noSuch('subscription item', wanted?.id ?? '', 'items[0][id]');
  if (wanted !== undefined && wanted.id === undefined) {
    throw invalidRequest('The Stripe simulator adds no items: name the item to change.', 'items[0][id]');
  }
  const price = wanted?.price === undefined ? item.price : find(work, 'prices', wanted.price, 'items[0][price]');
  if (price.recurring === null) throw invalidRequest('The price must be recurring.', 'items[0][price]');
  const quantity = wanted?.quantity ?? item.quantity ?? 1;
  const endTrial = change.trial_end === 'now' && subscription.status === 'trialing';
  const same = price.id === item.price.id && quantity === item.quantity;
  if (same && !endTrial) return work.save('subscriptions', subscription, 'customer.subscription.updated');
  const ended = same ? trialEndsUnpaid(work, subscription) : null;
  if (ended !== null) return ended;
  const behavior = change.proration_behavior ?? 'create_prorations';
  return applyChange(work, proposeChange(work, subscription, { item, price, quantity, behavior, endTrial }));
}

export function updateSubscription(work: Work, id: string, change: Change): Stripe.Subscription {
  const subscription = find(work, 'subscriptions', id);
  if (!isLive(subscription)) {
    const message = 'A canceled subscription can only update its cancellation_details and metadata.';
    throw invalidRequest(message, undefined, 'invalid_canceled_subscription_fields');
  }
  return withPlan(work, withFields(work, subscription, change), change);
}
