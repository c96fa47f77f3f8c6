import type Stripe from 'stripe';
import { at, isId } from './json.ts';
import { METADATA, userOf } from './metadata.ts';
import { isReadable } from './payload.ts';

/** The events whose payload is a subscription as it was at that moment. */
const PAYLOAD_EVENTS = [
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.subscription.deleted',
  'customer.subscription.paused',
  'customer.subscription.resumed',
  'customer.subscription.trial_will_end',
] as const;

/** The events that only hint at a subscription having changed. */
const HINT_EVENTS = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'invoice.payment_failed',
  'invoice.payment_action_required',
] as const;

/** The second for an inquiry that became a dispute later: the first came when nothing was disputed yet. */
const DISPUTE_EVENTS = ['charge.dispute.created', 'charge.dispute.funds_withdrawn'] as const;

/** Another card as the customer's default. */
const CARD_EVENTS = ['customer.updated'] as const;

/** What the webhook endpoint subscribes to: no more than is handled. */
export const HANDLED_EVENTS = [...PAYLOAD_EVENTS, ...HINT_EVENTS, ...DISPUTE_EVENTS, ...CARD_EVENTS];

/** What an event asks of us. `unreadable`: of a kind that we handle, but in no shape that we know; reconcile will look. */
export type Task =
  | { readonly kind: 'apply'; readonly subscription: Stripe.Subscription; readonly created: number }
  | { readonly kind: 'refetch'; readonly subscriptionId: string; readonly owner: string | undefined }
  | { readonly kind: 'adopt card' | 'follow card'; readonly customerId: string }
  | { readonly kind: 'settle charge'; readonly sessionId: string }
  | { readonly kind: 'dispute'; readonly paymentIntentId: string }
  | { readonly kind: 'ignore' }
  | { readonly kind: 'unreadable' };

/**
 * @param event as Stripe sent it, its signature verified
 * @param apiVersion the version whose shapes we know; a payload of another version is only a hint
 */
export function taskOf(event: Stripe.Event, apiVersion: string): Task {
  switch (event.type) {
    case 'customer.subscription.created':
    case 'customer.subscription.updated':
    case 'customer.subscription.deleted':
    case 'customer.subscription.paused':
    case 'customer.subscription.resumed':
    case 'customer.subscription.trial_will_end':
      return payloadTask(event.data.object, event, apiVersion);
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
    case 'checkout.session.async_payment_failed':
      return checkoutTask(event.data.object);
    case 'invoice.payment_failed':
    case 'invoice.payment_action_required': {
      const details = at(event.data.object, 'parent', 'subscription_details');
      return hint(at(details, 'subscription'), at(details, 'metadata'));
    }
    case 'charge.dispute.created':
    case 'charge.dispute.funds_withdrawn':
      return disputeTask(event.data.object);
    case 'customer.updated':
      return customerTask(event.data.object, event.data.previous_attributes);
    default:
      return { kind: 'ignore' };
  }
}

/** Of all that may change about a customer, only the default card concerns the subscriptions. */
function customerTask({ id }: Stripe.Customer, before: unknown): Task {
  const changed = at(before, 'invoice_settings', 'default_payment_method') !== undefined;
  return changed && isId(id) ? { kind: 'follow card', customerId: id } : { kind: 'ignore' };
}

function payloadTask(subscription: Stripe.Subscription, { api_version, created }: Stripe.Event, known: string): Task {
  const comparable = isTime(created) && !onTestClock(subscription);
  if (api_version === known && comparable && isReadable(subscription)) return { kind: 'apply', subscription, created };
  return hint(subscription.id, subscription.metadata);
}

function checkoutTask(session: Stripe.Checkout.Session): Task {
  const { mode, subscription, metadata } = session;
  if (mode === 'setup') return cardTask(session);
  if (mode === 'payment') return chargeTask(session);
  return hint(subscription, metadata);
}

/** A session without our mark is another program's, and so is its card. */
function cardTask({ customer, metadata }: Stripe.Checkout.Session): Task {
  const customerId = idIn(customer);
  if (customerId === undefined || userOf(metadata) === undefined) return { kind: 'ignore' };
  return { kind: 'adopt card', customerId };
}

function chargeTask({ id: sessionId, metadata }: Stripe.Checkout.Session): Task {
  const ours = userOf(metadata) !== undefined && typeof at(metadata, METADATA.charge) === 'string';
  return ours && isId(sessionId) ? { kind: 'settle charge', sessionId } : { kind: 'ignore' };
}

/** A `warning_...` is an inquiry: the bank asks, and has taken nothing back. */
function disputeTask({ status, payment_intent }: Stripe.Dispute): Task {
  const paymentIntentId = idIn(payment_intent);
  if (paymentIntentId === undefined || String(status).startsWith('warning_')) return { kind: 'ignore' };
  return { kind: 'dispute', paymentIntentId };
}

/** It lives in a time of its own, and its events say that time; Stripe's answers say the real one. They cannot be put in order. */
function onTestClock(subscription: Stripe.Subscription): boolean {
  return (at(subscription, 'test_clock') ?? null) !== null;
}

const isTime = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;

/** None at all: it is about no subscription. */
function hint(subscription: unknown, metadata: unknown): Task {
  if (subscription === null || subscription === undefined) return { kind: 'ignore' };
  const subscriptionId = idIn(subscription);
  if (subscriptionId === undefined) return { kind: 'unreadable' };
  return { kind: 'refetch', subscriptionId, owner: userOf(metadata) };
}

/** The id in an expandable field of which nothing is sure. */
function idIn(expandable: unknown): string | undefined {
  const id = typeof expandable === 'string' ? expandable : at(expandable, 'id');
  return isId(id) ? id : undefined;
}
