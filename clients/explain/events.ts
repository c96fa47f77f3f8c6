import type Stripe from 'stripe';
import { HANDLED_EVENTS } from '../../billing/events.ts';
import { at } from '../../billing/json.ts';

export interface ToldEvent {
  readonly id: string;
  readonly type: string;
  readonly created: number;
  /** What it is about, by its id: a subscription, an invoice, a checkout session, the customer. */
  readonly about: string;
  /** False when a delivery failed or is still to come. An event that no endpoint asked for counts as delivered. */
  readonly delivered: boolean;
}

export interface ToldEvents {
  /** Newest first. */
  readonly events: readonly ToldEvent[];
  /** Not all of the account's events were looked through: those before this time were not. */
  readonly lookedBackTo: number | null;
}

/** Stripe cannot be asked for the events of one customer; so many pages of the account's are looked through. */
const PAGES = 10;

/** The handled events about a customer, of the thirty days for which Stripe keeps them. */
export async function eventsOf(stripe: Stripe, customerId: string): Promise<ToldEvents> {
  const events: ToldEvent[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < PAGES; pages += 1) {
    const from = after === undefined ? {} : { starting_after: after };
    const page = await stripe.events.list({ types: [...HANDLED_EVENTS], limit: 100, ...from });
    events.push(...page.data.filter((event) => isAbout(event, customerId)).map(told));
    const last = page.data.at(-1);
    if (!page.has_more || !last) return { events, lookedBackTo: null };
    if (pages === PAGES - 1) return { events, lookedBackTo: last.created };
    after = last.id;
  }
  return { events, lookedBackTo: null };
}

/** An object names its customer, or is the customer itself. */
const isAbout = ({ data }: Stripe.Event, customerId: string): boolean =>
  at(data.object, 'customer') === customerId || at(data.object, 'id') === customerId;

const told = ({ id, type, created, data, pending_webhooks }: Stripe.Event): ToldEvent => ({
  id,
  type,
  created,
  about: String(at(data.object, 'id')),
  delivered: pending_webhooks === 0,
});
