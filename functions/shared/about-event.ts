import type Stripe from 'stripe';
import { at, isId } from '../../billing/json.ts';
import { userOf } from '../../billing/metadata.ts';
import type { Fields } from './log.ts';

/** What the log says of an event: which it is, and by ids alone what and whom it is about. Nothing of its object is sure. */
export function aboutEvent(event: Stripe.Event): Fields {
  const { id: eventId, type, created } = event;
  const object = at(event, 'data', 'object');
  return {
    eventId,
    type,
    created,
    objectId: idOr(at(object, 'id')),
    customerId: idOr(at(object, 'customer')),
    userId: userOf(at(object, 'metadata')),
  };
}

/** Whether it says that somebody bought a plan. */
export const isSale = (event: Stripe.Event): boolean =>
  event.type === 'checkout.session.completed' && at(event, 'data', 'object', 'mode') === 'subscription';

const idOr = (value: unknown): string | undefined => (isId(value) ? value : undefined);
