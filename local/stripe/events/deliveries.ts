import type { Delivery, State } from '../core/state.ts';

/** One event to one endpoint: both their ids, so that it can be found by either. */
export const deliveryId = ({ event, endpoint }: Pick<Delivery, 'event' | 'endpoint'>): string => `${event}.${endpoint}`;

export function findDelivery(state: State, id: string): Delivery | undefined {
  const [event = '', endpoint = ''] = id.split('.');
  return state.deliveries.get(event)?.get(endpoint);
}
