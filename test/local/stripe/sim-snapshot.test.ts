import { expect, it } from '@jest/globals';
import { advance, sim } from './sim.ts';
import {
  handClock,
  inWorld,
  look,
  makeCatalogue,
  openCheckout,
  startReceiver,
  subscribed,
  until,
  type World,
} from './world.ts';

const DAY = 24 * 60 * 60;

async function snapshotOf(visit: Parameters<typeof inWorld>[1]): Promise<string> {
  let snapshot = '';
  await inWorld({ clock: handClock() }, async (world) => {
    await visit(world);
    snapshot = world.snapshot();
  });
  return snapshot;
}

/** Its objects as text, without the address that it happens to have. */
async function knowledgeOf({ stripe, url }: World): Promise<string> {
  const lists = [stripe.subscriptions.list(), stripe.events.list({ limit: 100 }), stripe.prices.list()];
  return JSON.stringify(await Promise.all(lists)).replaceAll(url, '');
}

it('a restarted simulator knows what it knew, at the time that it was', async () => {
  let before = '';
  const snapshot = await snapshotOf(async (world) => {
    const { proMonthly } = await makeCatalogue(world);
    await subscribed(world, { price: proMonthly.id });
    await advance(world, 40 * DAY);
    before = await knowledgeOf(world);
  });
  await inWorld({ clock: handClock(), snapshot }, async (world) => {
    expect((await knowledgeOf(world)) === before).toBe(true);
    expect((await sim(world, 'GET /clock')).body.ahead).toBe(40 * DAY);
  });
});

it('goes on with what had fallen due while it was away', async () => {
  const snapshot = await snapshotOf(async (world) => {
    const { proMonthly } = await makeCatalogue(world);
    await subscribed(world, { price: proMonthly.id });
  });
  const clock = handClock(handClock().now() + 40 * DAY);
  await inWorld({ clock, snapshot }, async ({ stripe }) => {
    expect((await stripe.invoices.list()).data.map(({ status }) => status)).toEqual(['paid', 'paid']);
  });
});

it('its pages are where it is now', async () => {
  let before = '';
  const snapshot = await snapshotOf(async (world) => {
    const { proMonthly } = await makeCatalogue(world);
    before = (await openCheckout(world, { price: proMonthly.id })).url;
  });
  await inWorld({ clock: handClock(), snapshot }, async (world) => {
    const [session] = (await world.stripe.checkout.sessions.list()).data;
    expect(session?.url).toBe(before.replace(new URL(before).origin, world.url));
    expect((await look(session?.url ?? '')).status).toBe(200);
  });
});

it('delivers what was not taken before, signed with the same secret', async () => {
  const receiver = await startReceiver();
  let secret: string | undefined;
  const snapshot = await snapshotOf(async (world) => {
    await sim(world, 'POST /delivery', { mode: 'hold' });
    ({ secret } = await world.stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: ['*'] }));
    await world.stripe.customers.create();
  });
  await inWorld({ clock: handClock(), snapshot }, async ({ stripe }) => {
    await until(() => receiver.received.length === 1);
    const [{ payload, signature } = { payload: '', signature: '' }] = receiver.received;
    const verify = () => stripe.webhooks.constructEvent(payload, signature, secret ?? '', 1e9);
    expect(verify()).toMatchObject({ type: 'customer.created' });
  });
  await receiver.stop();
});

it.each(['', '{}', '{"shape":"customers","state":{}}'])(
  'a snapshot of another version (%j) is refused',
  async (snapshot) => {
    await expect(inWorld({ snapshot }, async () => {})).rejects.toThrow('no snapshot of this version');
  },
);
