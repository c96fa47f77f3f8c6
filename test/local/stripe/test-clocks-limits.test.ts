import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { advanceClock, clockAt as makeClock, subscriberOn } from './clocks.ts';
import { advance as advanceAccount } from './sim.ts';
import { handClock, makeCatalogue, startWorld, type World } from './world.ts';

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

describe('what a test clock refuses', () => {
  it.each([
    ['back', noon(2027, 1, 30)],
    ['nowhere', noon(2027, 1, 31)],
    ['more than two intervals of its shortest subscription', noon(2027, 3, 31) + 1],
  ])('to go %s', async (_, frozen_time) => {
    const clock = await clockAt(noon(2027, 1, 31));
    await subscriber(clock.id);
    const refused = clocks().advance(clock.id, { frozen_time });
    await expect(refused).rejects.toMatchObject({ statusCode: 400, param: 'frozen_time' });
    expect((await clocks().retrieve(clock.id)).status).toBe('ready');
  });

  it('to go more than two years when nothing is subscribed to', async () => {
    const clock = await clockAt(noon(2027, 1, 31));
    const refused = clocks().advance(clock.id, { frozen_time: noon(2029, 1, 31) + 1 });
    await expect(refused).rejects.toMatchObject({ param: 'frozen_time' });
    await advance(clock.id, noon(2029, 1, 31));
  });

  it('a fourth customer, and a fourth subscription of one', async () => {
    const clock = await clockAt(TODAY);
    const { customer } = await subscriber(clock.id);
    const more = () => world.stripe.subscriptions.create({ customer: customer.id, items: [{ price }] });
    await more();
    await more();
    await expect(more()).rejects.toMatchObject({ statusCode: 400, param: 'customer' });
    await world.stripe.customers.create({ test_clock: clock.id });
    await world.stripe.customers.create({ test_clock: clock.id });
    const fourth = world.stripe.customers.create({ test_clock: clock.id });
    await expect(fourth).rejects.toMatchObject({ statusCode: 400, param: 'test_clock' });
  });

  it('a customer who lives by another clock, or has lived without one', async () => {
    const clock = await clockAt(TODAY);
    const fresh = await world.stripe.customers.create({ payment_method: 'pm_card_visa' });
    const adopted = await clocks().create({ frozen_time: noon(2030, 1, 1), customer: fresh.id });
    expect(await world.stripe.customers.retrieve(fresh.id)).toMatchObject({ test_clock: adopted.id });
    const { customer } = await subscriber(clock.id);
    const taken = clocks().create({ frozen_time: TODAY, customer: customer.id });
    await expect(taken).rejects.toMatchObject({ statusCode: 400, param: 'customer' });
    const old = await world.stripe.customers.create({});
    await world.stripe.invoiceItems.create({ customer: old.id, amount: 100, currency: 'usd' });
    await expect(clocks().create({ frozen_time: TODAY, customer: old.id })).rejects.toMatchObject({
      param: 'customer',
    });
  });
});

describe('a test clock that is deleted', () => {
  it('takes its customers with it, and ends their subscriptions', async () => {
    const clock = await clockAt(noon(2020, 1, 31));
    const { customer, subscription } = await subscriber(clock.id);
    expect(await clocks().del(clock.id)).toMatchObject({ id: clock.id, deleted: true });
    await expect(clocks().retrieve(clock.id)).rejects.toMatchObject({ code: 'resource_missing' });
    expect(await world.stripe.customers.retrieve(customer.id)).toMatchObject({ deleted: true });
    expect(await world.stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      status: 'canceled',
      ended_at: noon(2020, 1, 31),
    });
    expect((await types()).slice(-3)).toEqual([
      'customer.subscription.deleted',
      'customer.deleted',
      'test_helpers.test_clock.deleted',
    ]);
  });

  it('is deleted of itself after a week of the account’s time', async () => {
    const clock = await clockAt(noon(2020, 1, 31));
    expect(clock.deletes_after).toBe(TODAY + 7 * DAY);
    await advanceAccount(world, 7 * DAY);
    expect((await clocks().list()).data).toEqual([]);
    expect(await types('test_helpers.test_clock.deleted')).toHaveLength(1);
  });
});
