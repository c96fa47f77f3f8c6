import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { handClock, makeCatalogue, openCheckout, startWorld, subscribed, type World } from './world.ts';

const DAY = 86_400;
const at = (month: number, day: number): number => Date.UTC(2027, month - 1, day, 12) / 1000;

let clock: ReturnType<typeof handClock>;
let world: World;
let catalogue: Awaited<ReturnType<typeof makeCatalogue>>;

beforeEach(async () => {
  clock = handClock(at(1, 31));
  world = await startWorld({ clock });
  catalogue = await makeCatalogue(world);
});
afterEach(() => world.stop());

const eventsOf = async (type: string) => (await world.stripe.events.list({ type, limit: 100 })).data.toReversed();

describe('a renewal', () => {
  it('falls on the last day of a month that has no 31st, and comes back to it', async () => {
    const { subscription } = await subscribed(world, { price: catalogue.proMonthly.id });
    const ends = [subscription.items.data[0]?.current_period_end];
    for (const date of [at(2, 28), at(3, 31), at(4, 30)]) {
      clock.moveTo(date);
      const renewed = await world.stripe.subscriptions.retrieve(subscription.id);
      ends.push(renewed.items.data[0]?.current_period_end);
    }
    expect(ends).toEqual([at(2, 28), at(3, 31), at(4, 30), at(5, 31)]);
  });

  it('moves the period first; its invoice is a draft for an hour, then paid', async () => {
    const { subscription } = await subscribed(world, { price: catalogue.proMonthly.id });
    clock.moveTo(at(2, 28));
    const renewed = await world.stripe.subscriptions.retrieve(subscription.id, { expand: ['latest_invoice'] });
    expect(renewed.items.data[0]?.current_period_start).toBe(at(2, 28));
    expect(renewed.latest_invoice).toMatchObject({
      status: 'draft',
      billing_reason: 'subscription_cycle',
      total: 2900,
    });
    clock.moveTo(at(2, 28) + 3600);
    const [paid] = (await world.stripe.invoices.list({ subscription: subscription.id })).data;
    expect(paid).toMatchObject({ status: 'paid', amount_paid: 2900, status_transitions: { paid_at: clock.now() } });
  });

  it('that was slept through is done as of its own time, in order', async () => {
    const { subscription } = await subscribed(world, { price: catalogue.proMonthly.id });
    clock.moveTo(at(4, 15));
    const invoices = await world.stripe.invoices.list({ subscription: subscription.id });
    expect(invoices.data.map((invoice) => [invoice.created, invoice.status])).toEqual([
      [at(3, 31), 'paid'],
      [at(2, 28), 'paid'],
      [at(1, 31), 'paid'],
    ]);
    const updates = await eventsOf('customer.subscription.updated');
    expect(updates.map((event) => event.created)).toEqual([at(2, 28), at(3, 31)]);
  });
});

describe('a scheduled end', () => {
  it('comes instead of the renewal', async () => {
    const { subscription } = await subscribed(world, { price: catalogue.proMonthly.id });
    await world.stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    clock.moveTo(at(3, 5));
    expect(await world.stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      status: 'canceled',
      ended_at: at(2, 28),
      canceled_at: at(1, 31),
      cancellation_details: { reason: 'cancellation_requested' },
    });
    expect((await world.stripe.invoices.list({ subscription: subscription.id })).data).toHaveLength(1);
    const [deleted, ...others] = await eventsOf('customer.subscription.deleted');
    expect(deleted).toMatchObject({ created: at(2, 28), data: { object: { status: 'canceled' } } });
    expect(others).toEqual([]);
  });
});

describe('a trial', () => {
  it('is announced three days before its end, once', async () => {
    await subscribed(world, { price: catalogue.proMonthly.id, trialDays: 14 });
    clock.moveTo(at(1, 31) + 11 * DAY - 1);
    expect(await eventsOf('customer.subscription.trial_will_end')).toEqual([]);
    clock.moveTo(at(1, 31) + 12 * DAY);
    const [notice, ...others] = await eventsOf('customer.subscription.trial_will_end');
    expect(notice?.created).toBe(at(1, 31) + 11 * DAY);
    expect(others).toEqual([]);
  });

  it('becomes a paid subscription, whose periods are counted from then', async () => {
    const { subscription } = await subscribed(world, { price: catalogue.proMonthly.id, trialDays: 14 });
    clock.moveTo(at(2, 14) + 3600);
    const converted = await world.stripe.subscriptions.retrieve(subscription.id, { expand: ['latest_invoice'] });
    expect(converted).toMatchObject({ status: 'active', billing_cycle_anchor: at(2, 14) });
    expect(converted.items.data[0]).toMatchObject({
      current_period_start: at(2, 14),
      current_period_end: at(3, 14),
    });
    expect(converted.latest_invoice).toMatchObject({ status: 'paid', amount_paid: 2900 });
  });

  it('can be ended now, which is paid for now', async () => {
    const { subscription } = await subscribed(world, { price: catalogue.proMonthly.id, trialDays: 14 });
    clock.moveTo(at(2, 3));
    const ended = await world.stripe.subscriptions.update(subscription.id, { trial_end: 'now' });
    expect(ended).toMatchObject({ status: 'active', trial_end: at(2, 3) });
    expect(ended.items.data[0]).toMatchObject({ current_period_start: at(2, 3), current_period_end: at(3, 3) });
    const [invoice] = (await world.stripe.invoices.list({ subscription: subscription.id })).data;
    expect(invoice).toMatchObject({ status: 'paid', amount_paid: 2900 });
  });
});

describe('a checkout session', () => {
  it('expires after a day', async () => {
    const { session } = await openCheckout(world, { price: catalogue.proMonthly.id });
    clock.moveTo(clock.now() + DAY - 1);
    expect((await world.stripe.checkout.sessions.retrieve(session.id)).status).toBe('open');
    clock.moveTo(clock.now() + 1);
    expect(await world.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'expired', url: null });
    expect(await eventsOf('checkout.session.expired')).toHaveLength(1);
  });
});

describe('a subscription', () => {
  it('changes plan through the API, with the money it gives back as credit', async () => {
    const { customer, subscription } = await subscribed(world, { price: catalogue.proMonthly.id });
    clock.moveTo(at(2, 14));
    const items = [{ id: subscription.items.data[0]?.id ?? '', price: catalogue.starterMonthly.id }];
    await world.stripe.subscriptions.update(subscription.id, { items, proration_behavior: 'always_invoice' });
    const [invoice] = (await world.stripe.invoices.list({ subscription: subscription.id })).data;
    // Half the month: 1450 back for Pro, 450 for Starter.
    expect(invoice).toMatchObject({ total: -1000, amount_due: 0, status: 'paid', ending_balance: -1000 });
    expect(await world.stripe.customers.retrieve(customer.id)).toMatchObject({ balance: -1000 });

    clock.moveTo(at(2, 28) + 3600);
    const [next] = (await world.stripe.invoices.list({ subscription: subscription.id })).data;
    expect(next).toMatchObject({ total: 900, amount_due: 0, starting_balance: -1000, ending_balance: -100 });
  });

  it('sets, removes and keeps metadata key by key', async () => {
    const { subscription } = await subscribed(world, { price: catalogue.proMonthly.id });
    const { id } = subscription;
    await world.stripe.subscriptions.update(id, { metadata: { color: 'green', size: 'big' } });
    const updated = await world.stripe.subscriptions.update(id, { metadata: { color: '', size: 'small' } });
    expect(updated.metadata).toEqual({ userId: 'user-1', size: 'small' });
    expect((await world.stripe.subscriptions.update(id, { metadata: '' })).metadata).toEqual({});
  });

  it('can be canceled once; then it is as if it had never been', async () => {
    const { subscription } = await subscribed(world, { price: catalogue.proMonthly.id });
    const canceled = await world.stripe.subscriptions.cancel(subscription.id);
    expect(canceled).toMatchObject({ status: 'canceled', ended_at: clock.now() });
    const again = world.stripe.subscriptions.cancel(subscription.id);
    await expect(again).rejects.toMatchObject({ statusCode: 404, code: 'resource_missing' });
  });

  it('ends with its customer', async () => {
    const { customer, subscription } = await subscribed(world, { price: catalogue.proMonthly.id });
    await world.stripe.customers.del(customer.id);
    expect(await world.stripe.customers.retrieve(customer.id)).toMatchObject({ deleted: true });
    expect((await world.stripe.subscriptions.retrieve(subscription.id)).status).toBe('canceled');
    expect((await eventsOf('customer.*')).slice(-2).map((event) => event.type)).toEqual([
      'customer.subscription.deleted',
      'customer.deleted',
    ]);
  });

  it('is found by customer, status and price', async () => {
    const { customer, subscription } = await subscribed(world, { price: catalogue.proMonthly.id });
    const ids = async (filter: { status?: 'active' | 'all' | 'canceled'; price?: string }) =>
      (await world.stripe.subscriptions.list({ customer: customer.id, ...filter })).data.map(({ id }) => id);
    expect(await ids({ status: 'active', price: catalogue.proMonthly.id })).toEqual([subscription.id]);
    expect(await ids({ price: catalogue.proYearly.id })).toEqual([]);
    await world.stripe.subscriptions.cancel(subscription.id);
    expect([await ids({}), await ids({ status: 'all' }), await ids({ status: 'canceled' })]).toEqual([
      [],
      [subscription.id],
      [subscription.id],
    ]);
  });
});
