import type Stripe from 'stripe';
import type { State } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { invalidRequest } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { isLive } from './references.ts';

/** As Stripe limits them. */
const MOST_CUSTOMERS = 3;
const MOST_SUBSCRIPTIONS = 3;

export const customersOn = ({ objects }: State, clock: string): Stripe.Customer[] =>
  [...objects.customers.values()].filter((customer) => customer.test_clock === clock);

/** A clock that has room for one more customer. */
export function clockWithRoom(work: Work, id: string): string {
  find(work, 'testClocks', id, 'test_clock');
  if (customersOn(work.state, id).length < MOST_CUSTOMERS) return id;
  throw invalidRequest(`A test clock takes ${MOST_CUSTOMERS} customers at most.`, 'test_clock');
}

/** Refuses one more subscription than a customer on a test clock may have. */
export function checkSubscriptionsOn(work: Work, { id, test_clock: clock }: Stripe.Customer): void {
  if (!clock) return;
  const own = [...work.state.objects.subscriptions.values()].filter((one) => one.customer === id && isLive(one));
  if (own.length < MOST_SUBSCRIPTIONS) return;
  const message = `A customer on a test clock has ${MOST_SUBSCRIPTIONS} subscriptions at most.`;
  throw invalidRequest(message, 'customer');
}

interface Filter {
  readonly test_clock: string | undefined;
}

/** Lists show what lives by a test clock only to those who ask for it. */
export const onClock = (object: { readonly test_clock?: Stripe.Customer['test_clock'] }, asked: Filter): boolean =>
  (object.test_clock ?? undefined) === asked.test_clock;
