import type Stripe from 'stripe';
import type { Challenge, Kind, State } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { deleteCustomer } from '../resources/customers.ts';
import { StripeError } from '../wire/errors.ts';
import { customersOn } from './clock-members.ts';
import { boundary } from './periods.ts';
import { isLive } from './references.ts';

type TestClock = Stripe.TestHelpers.TestClock;

/** Where an object is, by how its id begins. */
const KINDS: Readonly<Record<string, Kind>> = {
  cus: 'customers',
  sub: 'subscriptions',
  in: 'invoices',
  ii: 'invoiceItems',
  pi: 'paymentIntents',
  seti: 'setupIntents',
  ch: 'charges',
  pm: 'paymentMethods',
  card: 'paymentMethods',
  cs: 'checkoutSessions',
  bps: 'portalSessions',
};

const reference = (object: object, field: string): string | null => {
  const value: unknown = Reflect.get(object, field);
  return typeof value === 'string' ? value : null;
};

/** The test clock that an object lives by: its own, or its customer's; null for the account's own time. */
function clockIdOf({ objects }: State, id: string): string | null {
  if (objects.testClocks.has(id)) return id;
  const kind = KINDS[id.split('_')[0] ?? ''];
  const object = kind && objects[kind].get(id);
  if (object === undefined) return null;
  const own = reference(object, 'test_clock');
  const customer = objects.customers.get(reference(object, 'customer') ?? '');
  return own ?? (customer ? reference(customer, 'test_clock') : null);
}

/** The test clock of the first of some objects that has one. @param ids also of objects that there are not */
export function clockOf(state: State, ids: readonly string[]): TestClock | undefined {
  for (const id of ids) {
    const clock = state.objects.testClocks.get(clockIdOf(state, id) ?? '');
    if (clock !== undefined) return clock;
  }
  return undefined;
}

const TWO_YEARS = { interval: 'year', interval_count: 2 } as const;

/** How far a clock can be advanced in one go: two intervals of its shortest subscription, or two years. Whole seconds. */
export function farthest({ objects }: State, { id, frozen_time: from }: TestClock): number {
  const own = [...objects.subscriptions.values()].filter((one) => one.test_clock === id && isLive(one));
  const prices = own.flatMap(({ items }) => items.data.flatMap(({ price }) => price.recurring ?? []));
  const ends = prices.map((every) => boundary(from, every, 2));
  return ends.length === 0 ? boundary(from, TWO_YEARS, 1) : Math.min(...ends);
}

/** A clock goes with all that lives by it: its customers are deleted, which ends their subscriptions. */
export function deleteClock(work: Work, clock: TestClock): void {
  for (const customer of customersOn(work.state, clock.id)) deleteCustomer(work, customer.id);
  work.state.objects.testClocks.delete(clock.id);
  work.emit('test_helpers.test_clock.deleted', clock);
}

/** Refuses a change to what lives by a clock that is on its way. */
export function checkStill(state: State, ids: readonly string[]): void {
  if (clockOf(state, ids)?.status !== 'advancing') return;
  const message = 'Test clock advancement underway - cannot perform modifications.';
  throw new StripeError(429, { type: 'invalid_request_error', message });
}

const aboutOf = (challenge: Challenge): string =>
  challenge.kind === 'checkout' ? challenge.session : challenge.kind === 'portal' ? challenge.customer : challenge.id;

/** The objects that a page is about: its path holds their ids, or tokens that stand for them. */
export const namedInPath = (state: State, pathname: string): string[] =>
  pathname.split('/').flatMap((part) => {
    const challenge = state.challenges.get(part);
    const named = [part, state.portalTokens.get(part), state.invoiceTokens.get(part), challenge && aboutOf(challenge)];
    return named.filter((id) => id !== undefined);
  });
