import type { Delivery, State } from '../core/state.ts';
import { deliveriesOf } from './view.ts';

/** One event to one endpoint: both their ids, so that it can be found by either. */
export const deliveryId = ({ event, endpoint }: Pick<Delivery, 'event' | 'endpoint'>): string => `${event}.${endpoint}`;

export function findDelivery(state: State, id: string): Delivery | undefined {
  const [event = '', endpoint = ''] = id.split('.');
  return state.deliveries.get(event)?.get(endpoint);
}

/** One event to what listens by the official CLI. */
export function findCliDelivery(state: State, id: string): Delivery | undefined {
  const [event = '', session = ''] = id.split('.');
  return state.cliDeliveries.get(event)?.get(session);
}

const isPending = ({ state }: Delivery): boolean => state === 'pending';

/** What no endpoint has taken yet, and is to be tried again. */
export const pendingDeliveries = (state: State): Delivery[] =>
  [...state.deliveries.keys()].flatMap((event) => deliveriesOf(state, event)).filter(isPending);
