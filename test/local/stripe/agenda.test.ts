import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { handClock, makeCatalogue, openCheckout, startWorld, subscribed, type World } from './world.ts';

const DAY = 86_400;

let clock: ReturnType<typeof handClock>;
let world: World;
let price: string;

beforeEach(async () => {
  clock = handClock();
  world = await startWorld({ clock });
  price = (await makeCatalogue(world)).proMonthly.id;
});
afterEach(() => world.stop());

const pass = (seconds: number): void => clock.moveTo(clock.now() + seconds);
const typesAfter = async (seconds: number): Promise<string[]> => {
  const before = (await world.stripe.events.list({ limit: 100 })).data.length;
  pass(seconds);
  const { data } = await world.stripe.events.list({ limit: 100 });
  return data
    .map(({ type }) => type)
    .toReversed()
    .slice(before);
};

describe('what falls due', () => {
  it('is not done at the time that it was put off from', async () => {
    const { subscription } = await subscribed(world, { price, trialDays: 10 });
    const later = clock.now() + 20 * DAY;
    await world.stripe.subscriptions.update(subscription.id, { trial_end: later, proration_behavior: 'none' });
    expect(await typesAfter(12 * DAY)).toEqual([]);
    expect(await typesAfter(8 * DAY)).toContain('invoice.created');
  });

  it('is done once, at a time that it was put off from and back to', async () => {
    const { subscription } = await subscribed(world, { price, trialDays: 10 });
    const end = subscription.trial_end ?? 0;
    for (const trial_end of [end + DAY, end, end + DAY, end]) {
      await world.stripe.subscriptions.update(subscription.id, { trial_end, proration_behavior: 'none' });
    }
    const types = await typesAfter(10 * DAY);
    expect(types.filter((type) => type === 'customer.subscription.trial_will_end')).toHaveLength(1);
    expect(types.filter((type) => type === 'invoice.created')).toHaveLength(1);
  });

  it('is forgotten with what it was to be done to', async () => {
    const { session } = await openCheckout(world, { price });
    await world.stripe.checkout.sessions.expire(session.id);
    const { subscription } = await subscribed(world, { price });
    await world.stripe.subscriptions.cancel(subscription.id);
    expect(await typesAfter(40 * DAY)).toEqual([]);
  });

  it('of the same second is done oldest first, after a restart too', async () => {
    const first = await openCheckout(world, { price });
    const second = await openCheckout(world, { price });
    await world.stripe.checkout.sessions.retrieve(first.session.id);
    const again = await startWorld({ clock, snapshot: world.snapshot() });
    pass(2 * DAY);
    const { data } = await again.stripe.events.list({ type: 'checkout.session.expired' });
    const ids = data.map((event) => ('id' in event.data.object ? event.data.object.id : null)).toReversed();
    expect(ids).toEqual([first.session.id, second.session.id]);
    await again.stop();
  });
});
