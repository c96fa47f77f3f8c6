import type Stripe from 'stripe';
import type { State, StoredEvent } from '../../../core/state.ts';
import { firstItem, idOf, isLive, periodEnd } from '../../../life/references.ts';
import { renews } from '../../../life/renewing.ts';
import type { Log } from '../log.ts';
import { marksOf } from './marks.ts';
import { namesIn } from './names.ts';
import { type Phase, phasesOf } from './phases.ts';
import type { Span } from './scale.ts';
import type { Mark, Names } from './telling.ts';

/** A subscription's whole life, as it is drawn and told. Times are whole seconds. */
export interface Life {
  readonly subscription: Stripe.Subscription;
  readonly plan: string;
  readonly phases: readonly Phase[];
  readonly marks: readonly Mark[];
  /** What comes next, if all stays as it is; null when nothing does. */
  readonly next: { readonly at: number; readonly ends: boolean } | null;
}

/** The end that was asked for, or the next period. */
export function nextOf(subscription: Stripe.Subscription): Life['next'] {
  if (!isLive(subscription)) return null;
  if (subscription.cancel_at !== null) return { at: subscription.cancel_at, ends: true };
  if (subscription.cancel_at_period_end) return { at: periodEnd(subscription), ends: true };
  return renews(subscription) ? { at: periodEnd(subscription), ends: false } : null;
}

interface Told {
  /** The customer's, oldest first. */
  readonly events: readonly StoredEvent[];
  readonly log: Log;
  readonly names: Names;
}

function lifeOf(subscription: Stripe.Subscription, { events, log, names }: Told): Life {
  const { id, created, ended_at: end } = subscription;
  const own = (event: StoredEvent): boolean => log.subscriptionOf(event) === id;
  const shared = (event: StoredEvent): boolean =>
    event.type === 'customer.updated' && event.created > created && event.created <= (end ?? event.created);
  const plan = names.price(firstItem(subscription).price);
  const phases = phasesOf(events.filter(own));
  const marks = marksOf(
    events.filter((event) => own(event) || shared(event)),
    names,
  );
  return { subscription, plan, phases, marks, next: nextOf(subscription) };
}

/** An event as of the time that it was for its customer, which may live by a test clock. */
const inItsTime = ({ clockTimes }: State, event: StoredEvent): StoredEvent => ({
  ...event,
  created: clockTimes.get(event.id) ?? event.created,
});

/** A customer's subscriptions, oldest first. */
export function livesOf(state: State, log: Log, customer: string): Life[] {
  const names = namesIn(state);
  const own = [...state.objects.subscriptions.values()].filter((one) => idOf(one.customer) === customer);
  const events = log.of(customer).map((event) => inItsTime(state, event));
  return own.map((subscription) => lifeOf(subscription, { events, log, names }));
}

const FORTNIGHT = 14 * 24 * 60 * 60;

/** From the first beginning to the last thing known, so that all of one customer's can be compared. */
export function spanOf(lives: readonly Life[], now: number): Span {
  const from = Math.min(now, ...lives.map(({ subscription }) => subscription.created));
  const last = Math.max(...lives.flatMap(({ next, marks }) => [next?.at ?? 0, marks.at(-1)?.at ?? 0]), 0);
  const live = lives.some(({ subscription }) => isLive(subscription));
  return { from, to: Math.max(last, live ? now : 0, from + FORTNIGHT) };
}
