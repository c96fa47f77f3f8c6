import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { advance, sim } from './sim.ts';
import { handClock, makeCatalogue, startWorld, subscribed, type World } from './world.ts';

const DAY = 86_400;
const START = Date.UTC(2027, 0, 31, 12) / 1000;

let world: World;
let customer: string;
let subscription: string;
beforeEach(async () => {
  world = await startWorld({ clock: handClock(START) });
  const { proMonthly } = await makeCatalogue(world);
  const made = await subscribed(world, { price: proMonthly.id });
  customer = made.customer.id;
  subscription = made.subscription.id;
});
afterEach(() => world.stop());

const give = (card: string, id = customer) => sim(world, `POST /customers/${id}/card`, { card });
const status = async () => (await world.stripe.subscriptions.retrieve(subscription)).status;

it('a customer whose card fails from now on is past due with the next renewal, until there is a card that pays', async () => {
  expect(await give('pm_card_chargeCustomerFail')).toMatchObject({ status: 200, body: { customer } });
  expect(await status()).toBe('active');
  await advance(world, 29 * DAY);
  expect(await status()).toBe('past_due');
  await give('pm_card_visa');
  await advance(world, 3 * DAY);
  expect(await status()).toBe('active');
});

it('a change of card is told by Stripe’s own events', async () => {
  const { data: before } = await world.stripe.events.list({ limit: 100 });
  const { body } = await give('pm_card_mastercard');
  const { data: after } = await world.stripe.events.list({ limit: 100 });
  expect(after.slice(0, after.length - before.length)).toMatchObject([
    { type: 'customer.subscription.updated', data: { object: { default_payment_method: body.paymentMethod } } },
    {
      type: 'customer.updated',
      data: { object: { invoice_settings: { default_payment_method: body.paymentMethod } } },
    },
    { type: 'payment_method.attached', data: { object: { id: body.paymentMethod, customer } } },
  ]);
});

it('a card that the bank would not have kept, an unknown card and an unknown customer are refused with a next step', async () => {
  const refused = { error: { message: expect.any(String), next: expect.any(String) } };
  expect(await give('pm_card_chargeDeclined')).toMatchObject({ status: 409, body: refused });
  expect(await give('pm_card_nothing')).toMatchObject({ status: 400, body: refused });
  expect(await give('pm_card_visa', 'cus_x')).toMatchObject({ status: 404, body: refused });
});
