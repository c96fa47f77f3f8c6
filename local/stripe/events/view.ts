import type Stripe from 'stripe';
import type { Delivery, State, StoredEvent } from '../core/state.ts';

export const deliveriesOf = (state: State, event: string): Delivery[] => [
  ...(state.deliveries.get(event)?.values() ?? []),
];

/** What the official CLI's `listen` was sent: not counted as an endpoint, so neither pending nor failed for the API. */
export const cliDeliveriesOf = (state: State, event: string): Delivery[] => [
  ...(state.cliDeliveries.get(event)?.values() ?? []),
];

/** An event as the API shows it: `pending_webhooks` counts the endpoints that have not taken it yet. */
export function eventView(state: State, event: StoredEvent): Stripe.EventBase {
  const pending = deliveriesOf(state, event.id).filter((delivery) => delivery.state === 'pending');
  return { ...event, pending_webhooks: pending.length };
}

/** False while a delivery is pending or when one has failed for good; true when nobody was to be told. */
export const deliverySuccess = (state: State, event: string): boolean =>
  deliveriesOf(state, event).every((delivery) => delivery.state === 'delivered');
