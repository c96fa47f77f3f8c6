import type { State, StoredEvent } from '../../core/state.ts';
import { idOf } from '../../life/references.ts';
import { textAt } from './fields.ts';

const ownerOf = (object: { readonly customer: string | { readonly id: string } | null } | undefined): string | null =>
  object?.customer ? idOf(object.customer) : null;

/** Whose event it is; null when it is about no customer. Refunds, disputes and payments of invoices say only what they belong to. */
export function customerOfEvent({ objects }: State, { data: { object } }: StoredEvent): string | null {
  if (textAt(object, 'object') === 'customer') return textAt(object, 'id');
  return (
    textAt(object, 'customer') ??
    ownerOf(objects.paymentIntents.get(textAt(object, 'payment_intent') ?? '')) ??
    ownerOf(objects.invoices.get(textAt(object, 'invoice') ?? ''))
  );
}

function group(events: Iterable<StoredEvent>, keyOf: (event: StoredEvent) => string | null) {
  const groups = new Map<string, StoredEvent[]>();
  for (const event of events) {
    const key = keyOf(event);
    const own = key === null ? undefined : groups.get(key);
    if (own !== undefined) own.push(event);
    else if (key !== null) groups.set(key, [event]);
  }
  return groups;
}

/** Which subscription a payment intent pays for: a charge says only which intent it belongs to. */
function subscriptionsByIntent(state: State): ReadonlyMap<string, string> {
  return new Map(
    [...state.objects.invoicePayments.values()].flatMap(({ invoice, payment }): [string, string][] => {
      const of = state.objects.invoices.get(idOf(invoice));
      const subscription = of?.parent?.subscription_details?.subscription;
      const intent = payment.payment_intent;
      return subscription === undefined || intent === undefined ? [] : [[idOf(intent), idOf(subscription)]];
    }),
  );
}

/** The log of events, ordered by whom and what they are about. */
export interface Log {
  /** A customer's, oldest first. */
  of(customer: string): readonly StoredEvent[];
  /** Which subscription an event is about; null when about none, or when about all of its customer's. */
  subscriptionOf(event: StoredEvent): string | null;
}

/** Reads it once, however many customers are asked for then. */
export function openLog(state: State): Log {
  const byCustomer = group(state.events.values(), (event) => customerOfEvent(state, event));
  const byIntent = subscriptionsByIntent(state);
  return {
    of: (customer) => byCustomer.get(customer) ?? [],
    subscriptionOf: ({ data: { object } }) => {
      switch (textAt(object, 'object')) {
        case 'subscription':
          return textAt(object, 'id');
        case 'invoice':
          return textAt(object, 'parent', 'subscription_details', 'subscription');
        default:
          return byIntent.get(textAt(object, 'payment_intent') ?? '') ?? null;
      }
    },
  };
}
