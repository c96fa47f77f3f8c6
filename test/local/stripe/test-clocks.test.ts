import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type Stripe from 'stripe';
import { advanceClock, clockAt as makeClock, patientReceiver, subscriberOn } from './clocks.ts';
import { advance as advanceAccount } from './sim.ts';
import {
  card,
  handClock,
  inWorld,
  makeCatalogue,
  startReceiver,
  startWorld,
  submit,
  until,
  type World,
} from './world.ts';

const DAY = 86_400;
const noon = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day, 12) / 1000;
/** Where the account is in time. */
const TODAY = noon(2027, 6, 15);

let world: World;
let price: string;

beforeEach(async () => {
  world = await startWorld({ clock: handClock(TODAY) });
  price = (await makeCatalogue(world)).proMonthly.id;
});
afterEach(() => world.stop());

const clocks = () => world.stripe.testHelpers.testClocks;
const clockAt = (frozen_time: number, name?: string) => makeClock(world, frozen_time, name);
const subscriber = (clock: string) => subscriberOn(world, { clock, price });
const advance = (id: string, frozen_time: number) => advanceClock(world, id, frozen_time);
const types = async (...wanted: string[]): Promise<string[]> =>
  (await world.stripe.events.list({ types: wanted, limit: 100 })).data.map(({ type }) => type).toReversed();
const periodEnd = async (id: string): Promise<number | undefined> =>
  (await world.stripe.subscriptions.retrieve(id)).items.data[0]?.current_period_end;

describe('a test clock', () => {
  it('stands at the time that it is given, and is told of', async () => {
    const clock = await clockAt(noon(2020, 1, 31), 'a year');
    expect(clock).toMatchObject({ name: 'a year', status: 'ready', frozen_time: noon(2020, 1, 31), created: TODAY });
    expect((await clocks().list()).data).toEqual([clock]);
    expect(await types('test_helpers.test_clock.created')).toHaveLength(1);
  });

  it('is the time of what its customers subscribe to; payments and events keep the account’s', async () => {
    const clock = await clockAt(noon(2020, 1, 31));
    const { customer, subscription } = await subscriber(clock.id);
    expect(customer).toMatchObject({ test_clock: clock.id, created: noon(2020, 1, 31) });
    expect(subscription).toMatchObject({ test_clock: clock.id, created: noon(2020, 1, 31), status: 'active' });
    expect(await periodEnd(subscription.id)).toBe(noon(2020, 2, 29));
    const [invoice] = (await world.stripe.invoices.list({ customer: customer.id })).data;
    expect(invoice).toMatchObject({
      test_clock: clock.id,
      created: noon(2020, 1, 31),
      status_transitions: { paid_at: noon(2020, 1, 31) },
    });
    const [intent] = (await world.stripe.paymentIntents.list({ customer: customer.id })).data;
    expect(intent?.created).toBe(TODAY);
    const [event] = (await world.stripe.events.list({ type: 'customer.subscription.created' })).data;
    expect(event?.created).toBe(TODAY);
    const expanded = await world.stripe.subscriptions.retrieve(subscription.id, { expand: ['test_clock'] });
    expect(expanded.test_clock).toMatchObject({ id: clock.id, name: 'a clock' });
  });

  it('lets a year pass, month by month, with its failed payment and all', async () => {
    const clock = await clockAt(noon(2027, 1, 31));
    const { customer, subscription } = await subscriber(clock.id);
    for (let month = 2; month <= 13; month += 1) {
      if (month === 8) {
        const bad = await world.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customer.id });
        await world.stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: bad.id } });
      }
      // The last day of the month, and two hours for the invoice.
      await advance(clock.id, noon(2027, month + 1, 0) + 7_200);
      const { status } = await world.stripe.subscriptions.retrieve(subscription.id);
      expect(status).toBe(month === 8 ? 'past_due' : 'active');
      if (month === 8) {
        const good = await world.stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
        await world.stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: good.id } });
      }
    }
    const invoices = (await world.stripe.invoices.list({ customer: customer.id, limit: 100 })).data;
    expect(invoices.map(({ status }) => status)).toEqual(Array.from({ length: 13 }, () => 'paid'));
    expect(invoices.map(({ created }) => created).toReversed()).toEqual([
      noon(2027, 1, 31),
      ...Array.from({ length: 12 }, (_, index) => noon(2027, index + 3, 0)),
    ]);
    expect(await types('invoice.payment_failed')).toHaveLength(1);
    expect(await periodEnd(subscription.id)).toBe(noon(2028, 2, 29));
  }, 30_000);

  it('is advancing first, and ready when all is done and told', async () => {
    const receiver = await startReceiver();
    await world.stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: ['*'] });
    const clock = await clockAt(noon(2027, 1, 31));
    const { subscription } = await subscriber(clock.id);
    const target = noon(2027, 3, 1);
    const advancing = await clocks().advance(clock.id, { frozen_time: target });
    expect(advancing).toMatchObject({
      status: 'advancing',
      frozen_time: noon(2027, 1, 31),
      status_details: { advancing: { target_frozen_time: target } },
    });
    await until(() => receiver.received.some(({ payload }) => payload.includes('test_clock.ready')));
    const told = receiver.received.map(({ payload }): Stripe.Event => JSON.parse(payload)).map(({ type }) => type);
    expect(told.indexOf('test_helpers.test_clock.advancing')).toBeLessThan(told.lastIndexOf('invoice.paid'));
    expect(told.lastIndexOf('invoice.paid')).toBeLessThan(told.indexOf('test_helpers.test_clock.ready'));
    expect(await clocks().retrieve(clock.id)).toMatchObject({ status: 'ready', frozen_time: target });
    expect(await periodEnd(subscription.id)).toBe(noon(2027, 3, 31));
    await receiver.stop();
  });

  it('is left alone while it advances', async () => {
    const receiver = await patientReceiver();
    const clock = await clockAt(noon(2027, 1, 31));
    const { subscription } = await subscriber(clock.id);
    const { url } = receiver;
    await world.stripe.webhookEndpoints.create({ url, enabled_events: ['customer.subscription.updated'] });
    // As long as the first webhook is not answered, the clock is on its way.
    await clocks().advance(clock.id, { frozen_time: noon(2027, 3, 1) });
    const change = () => world.stripe.subscriptions.update(subscription.id, { metadata: { a: 'b' } });
    await expect(change()).rejects.toMatchObject({ statusCode: 429 });
    const further = clocks().advance(clock.id, { frozen_time: noon(2027, 3, 2) });
    await expect(further).rejects.toMatchObject({ statusCode: 429 });
    expect((await world.stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
    receiver.answer();
    await until(async () => (await clocks().retrieve(clock.id)).status === 'ready');
    expect(await change()).toMatchObject({ metadata: { a: 'b' } });
    await receiver.stop();
  });
});

describe('several times beside each other', () => {
  it('are moved each by itself', async () => {
    const past = await clockAt(noon(2020, 1, 10));
    const future = await clockAt(noon(2030, 1, 10));
    const before = await subscriber(past.id);
    const after = await subscriber(future.id);
    const own = await world.stripe.customers.create({ payment_method: 'pm_card_visa' });
    const method = await world.stripe.customers.listPaymentMethods(own.id);
    const now = await world.stripe.subscriptions.create({
      customer: own.id,
      items: [{ price }],
      default_payment_method: method.data[0]?.id ?? '',
    });
    const ends = async () =>
      Promise.all([before, after].map(({ subscription }) => periodEnd(subscription.id)).concat(periodEnd(now.id)));
    expect(await ends()).toEqual([noon(2020, 2, 10), noon(2030, 2, 10), noon(2027, 7, 15)]);
    await advance(past.id, noon(2020, 2, 11));
    expect(await ends()).toEqual([noon(2020, 3, 10), noon(2030, 2, 10), noon(2027, 7, 15)]);
    await advance(future.id, noon(2030, 3, 10));
    expect(await ends()).toEqual([noon(2020, 3, 10), noon(2030, 4, 10), noon(2027, 7, 15)]);
    await advanceAccount(world, 31 * DAY);
    expect(await ends()).toEqual([noon(2020, 3, 10), noon(2030, 4, 10), noon(2027, 8, 15)]);
  });

  it('are lived in at Checkout and in the portal too', async () => {
    const clock = await clockAt(noon(2020, 1, 31));
    const customer = await world.stripe.customers.create({ email: 'ada@example.com', test_clock: clock.id });
    const session = await world.stripe.checkout.sessions.create({
      mode: 'subscription',
      customer: customer.id,
      line_items: [{ price, quantity: 1 }],
      success_url: 'http://localhost:4242/success',
      subscription_data: { trial_period_days: 7 },
    });
    expect(session.created).toBe(TODAY);
    await submit(session.url ?? '', card());
    const [subscription] = (await world.stripe.subscriptions.list({ customer: customer.id })).data;
    expect(subscription).toMatchObject({ created: noon(2020, 1, 31), trial_end: noon(2020, 1, 31) + 7 * DAY });
    const configuration = await world.stripe.billingPortal.configurations.create({
      business_profile: {},
      features: { subscription_cancel: { enabled: true, mode: 'at_period_end' } },
    });
    const portal = await world.stripe.billingPortal.sessions.create({
      customer: customer.id,
      configuration: configuration.id,
      return_url: 'http://localhost:4242/',
    });
    await submit(`${portal.url}/${subscription?.id}/cancel`, {});
    expect(await world.stripe.subscriptions.retrieve(subscription?.id ?? '')).toMatchObject({
      canceled_at: noon(2020, 1, 31),
      cancel_at: noon(2020, 1, 31) + 7 * DAY,
    });
  });

  it('are not seen in lists by who does not ask for them', async () => {
    const clock = await clockAt(TODAY);
    const { customer, subscription } = await subscriber(clock.id);
    const { customers, subscriptions } = world.stripe;
    expect((await customers.list()).data).toEqual([]);
    expect((await customers.list({ test_clock: clock.id })).data).toMatchObject([{ id: customer.id }]);
    expect((await subscriptions.list()).data).toEqual([]);
    expect((await subscriptions.list({ test_clock: clock.id })).data).toMatchObject([{ id: subscription.id }]);
    expect((await subscriptions.list({ customer: customer.id })).data).toMatchObject([{ id: subscription.id }]);
  });

  it('outlive a restart, one that was on its way included', async () => {
    const receiver = await patientReceiver();
    const { url } = receiver;
    const clock = await clockAt(noon(2027, 1, 31));
    const { subscription } = await subscriber(clock.id);
    await world.stripe.webhookEndpoints.create({ url, enabled_events: ['customer.subscription.updated'] });
    await clocks().advance(clock.id, { frozen_time: noon(2027, 3, 1) });
    expect((await clocks().retrieve(clock.id)).status).toBe('advancing');
    const before = world.snapshot();
    receiver.answer();
    await inWorld({ clock: handClock(TODAY), snapshot: before }, async (again) => {
      await until(async () => (await again.stripe.testHelpers.testClocks.retrieve(clock.id)).status === 'ready');
      const { items } = await again.stripe.subscriptions.retrieve(subscription.id);
      expect(items.data[0]?.current_period_end).toBe(noon(2027, 3, 31));
    });
    await receiver.stop();
  });
});
