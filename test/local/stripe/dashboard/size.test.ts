import { expect, it } from '@jest/globals';
import type Stripe from 'stripe';
import { emptyState, type State, type StoredEvent } from '../../../../local/stripe/core/state.ts';
import { dashboardPage } from '../../../../local/stripe/pages/dashboard/dashboard.ts';
import { DAY, invoice, PRO, START, subscription, told } from './told.ts';

const CUSTOMERS = 200;
const MONTHS = 24;

/** Two hundred customers, each with two years of invoices: a state as big as anybody's will be. */
function manyLives(): State {
  const state = emptyState();
  const happened = (event: StoredEvent) => state.events.set(event.id, event);
  for (let index = 0; index < CUSTOMERS; index += 1) {
    const customer = { object: 'customer', id: `cus_${index}`, email: `c${index}@example.com`, created: START };
    const item = { price: PRO, current_period_end: START + 900 * DAY };
    const own = subscription({ id: `sub_${index}`, customer: customer.id, items: { data: [item] }, ended_at: null });
    state.objects.customers.set(customer.id, customer as unknown as Stripe.Customer);
    state.objects.subscriptions.set(own.id, own as unknown as Stripe.Subscription);
    happened(told('customer.created', 0, customer));
    happened(told('customer.subscription.created', 0, own));
    const parent = { subscription_details: { subscription: own.id } };
    for (let month = 0; month < MONTHS; month += 1)
      happened(told('invoice.paid', month * 30, invoice({ customer: customer.id, parent })));
  }
  return state;
}

const notNeeded = (): never => {
  throw new Error('A page changes nothing.');
};

const htmlOf = (answer: ReturnType<typeof dashboardPage>): string =>
  answer !== null && 'page' in answer ? answer.page.html : '';

it('two hundred customers with five thousand events are shown well within a second, on a page of bounded size', () => {
  const state = manyLives();
  const now = START + MONTHS * 30 * DAY;
  const work = { state, now, accountNow: now, url: 'http://127.0.0.1:1', save: notNeeded, emit: notNeeded };
  expect(state.events.size).toBeGreaterThan(5_000);
  const start = performance.now();
  const answer = dashboardPage({ work, ahead: 0, held: null }, '/', new URLSearchParams());
  expect(performance.now() - start).toBeLessThan(1_000);
  const html = htmlOf(answer);
  expect(html).toContain('20 of 200');
  expect(html.length).toBeLessThan(400_000);

  const greedy = dashboardPage({ work, ahead: 0, held: null }, '/', new URLSearchParams('shown=9999&customers=9999'));
  expect(htmlOf(greedy).split('class="event"')).toHaveLength(1_001);
});
