import type Stripe from 'stripe';
import { METADATA } from './metadata.ts';
import { idOf } from './subscription.ts';

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

/** What the webhook endpoint subscribes to: no more than is handled. */
export const HANDLED_EVENTS = [...PAYLOAD_EVENTS, ...HINT_EVENTS];

/** What an event asks of us. */
export type Task =
  | { readonly kind: 'apply'; readonly subscription: Stripe.Subscription; readonly created: number }
  | { readonly kind: 'refetch'; readonly subscriptionId: string; readonly owner: string | undefined }
  | { readonly kind: 'adopt card'; readonly customerId: string }
  | { readonly kind: 'ignore' };

const IGNORE: Task = { kind: 'ignore' };

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
    case 'customer.subscription.trial_will_end': {
      const subscription = event.data.object;
      if (event.api_version !== apiVersion) return refetch(subscription, subscription.metadata);
      return { kind: 'apply', subscription, created: event.created };
    }
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
    case 'checkout.session.async_payment_failed':
      return checkoutTask(event.data.object);
    case 'invoice.payment_failed':
    case 'invoice.payment_action_required': {
      const details = event.data.object.parent?.subscription_details;
      return refetch(details?.subscription, details?.metadata);
    }
    default:
      return IGNORE;
  }
}

/** A setup session without our mark is another program's, and so is its card. */
function checkoutTask({ mode, customer, subscription, metadata }: Stripe.Checkout.Session): Task {
  if (mode !== 'setup') return refetch(subscription, metadata);
  if (!customer || metadata?.[METADATA.userId] === undefined) return IGNORE;
  return { kind: 'adopt card', customerId: idOf(customer) };
}

function refetch(
  subscription: string | { id: string } | null | undefined,
  metadata: Stripe.Metadata | null | undefined,
): Task {
  if (!subscription) return IGNORE;
  return { kind: 'refetch', subscriptionId: idOf(subscription), owner: metadata?.[METADATA.userId] };
}
