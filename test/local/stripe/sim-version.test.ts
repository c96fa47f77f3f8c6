import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { advance, sim } from './sim.ts';
import { startReceiver, startWorld, until, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

const version = async (): Promise<number> => (await sim(world, 'GET /version')).body.version;

it('the version stays as long as nothing happens, however often one looks', async () => {
  await world.stripe.customers.create();
  const before = await version();
  await world.stripe.customers.list();
  await fetch(world.url);
  expect(await version()).toBe(before);
});

it('the version is another after a change, after a setting, when time has passed, and when a webhook was answered', async () => {
  const receiver = await startReceiver();
  await world.stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: ['customer.created'] });
  const seen = [await version()];
  const look = async () => seen.push(await version());
  await sim(world, 'POST /settings', { declineNextCharges: 1 });
  await look();
  await advance(world, 60);
  await look();
  await world.stripe.customers.create();
  await look();
  await until(() => receiver.received.length === 1);
  await until(async () => (await version()) > (seen.at(-1) ?? 0));
  await receiver.stop();
  expect(new Set(seen).size).toBe(4);
});
