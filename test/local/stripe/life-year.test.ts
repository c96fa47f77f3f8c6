import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { handClock, makeCatalogue, setAccount, startWorld, subscribed, type World } from './world.ts';

const DAY = 86_400;
const HOUR = 3_600;
const START = Date.UTC(2027, 0, 31, 12) / 1000;
/** The last days of the months of 2027, as far as they have a 31st or not, and of January 2028. */
const MONTH_ENDS = [28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31].map(
  (day, index) => Date.UTC(2027, index + 1, day, 12) / 1000,
);
const FAILING = 4;

let clock: ReturnType<typeof handClock>;
let world: World;
beforeEach(async () => {
  clock = handClock(START);
  world = await startWorld({ clock });
});
afterEach(() => world.stop());

it('a year of a monthly subscription: twelve renewals on the last days, one of them paid three days late', async () => {
  const { proMonthly } = await makeCatalogue(world);
  const { subscription } = await subscribed(world, { price: proMonthly.id });
  const current = () => world.stripe.subscriptions.retrieve(subscription.id);
  const seen: string[] = [];
  for (const [index, end] of MONTH_ENDS.entries()) {
    const fails = index === FAILING;
    if (fails) await setAccount(world, { declineNextCharges: 1 });
    clock.moveTo(end + HOUR);
    seen.push((await current()).status);
    if (fails) clock.moveTo(end + HOUR + 3 * DAY);
    expect(await current()).toMatchObject({ status: 'active', items: { data: [{ current_period_start: end }] } });
  }
  expect(seen).toEqual(MONTH_ENDS.map((_, index) => (index === FAILING ? 'past_due' : 'active')));

  const { data } = await world.stripe.invoices.list({ subscription: subscription.id, limit: 100 });
  const [first, ...renewals] = data.toReversed();
  expect(first).toMatchObject({ created: START, billing_reason: 'subscription_create', status: 'paid' });
  expect(renewals.map((invoice) => [invoice.created, invoice.status_transitions.paid_at])).toEqual(
    MONTH_ENDS.map((end, index) => [end, end + HOUR + (index === FAILING ? 3 * DAY : 0)]),
  );
  const charges = (await world.stripe.charges.list({ limit: 100 })).data;
  expect(charges.filter((charge) => charge.paid)).toHaveLength(13);
  expect(charges.filter((charge) => !charge.paid)).toMatchObject([{ failure_code: 'card_declined' }]);
  const failed = await world.stripe.events.list({ type: 'invoice.payment_failed' });
  expect(failed.data.map((event) => event.created)).toEqual([(MONTH_ENDS[FAILING] ?? 0) + HOUR]);
});
