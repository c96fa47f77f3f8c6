import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { advance, sim } from './sim.ts';
import { startReceiver, startWorld, until, type World } from './world.ts';

let world: World;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let answers: number[];

beforeEach(async () => {
  world = await startWorld({ retryAfter: [3_600_000] });
  answers = [];
  receiver = await startReceiver(answers);
  await world.stripe.webhookEndpoints.create({
    url: receiver.url,
    enabled_events: ['customer.created', 'customer.updated'],
  });
});
afterEach(async () => {
  await world.stop();
  await receiver.stop();
});

const mode = (wanted: 'hold' | 'normal') => sim(world, 'POST /delivery', { mode: wanted });
const heldTypes = async (): Promise<string[]> =>
  (await sim(world, 'GET /deliveries')).body.deliveries.map((one: { event: { type: string } }) => one.event.type);
const heldIds = async (): Promise<string[]> =>
  (await sim(world, 'GET /deliveries')).body.deliveries.map((one: { id: string }) => one.id);
const receivedTypes = (): string[] => receiver.received.map(({ payload }) => JSON.parse(payload).type);
const deliver = (id = '') => sim(world, `POST /deliveries/${id}`);

async function createdAndUpdated(): Promise<void> {
  const { id } = await world.stripe.customers.create();
  await world.stripe.customers.update(id, { name: 'Ada' });
}

describe('webhooks that are held', () => {
  beforeEach(async () => {
    expect((await mode('hold')).body).toEqual({ mode: 'hold' });
    await createdAndUpdated();
  });

  it('are listed in their order, and stay undelivered however much time passes', async () => {
    expect(await heldTypes()).toEqual(['customer.created', 'customer.updated']);
    await advance(world, 86_400);
    expect(await heldTypes()).toHaveLength(2);
    expect(receiver.received).toEqual([]);
  });

  it('are delivered by hand in any order, as often as asked', async () => {
    const [created, updated] = await heldIds();
    await deliver(updated);
    await deliver(created);
    const again = await deliver(updated);
    expect(receivedTypes()).toEqual(['customer.updated', 'customer.created', 'customer.updated']);
    expect(again.body).toMatchObject({
      state: 'delivered',
      attempts: [{ status: 200, byHand: true }, { status: 200 }],
    });
    expect(await heldTypes()).toEqual([]);
  });

  it('are all delivered when delivery is normal again', async () => {
    await mode('normal');
    expect(receivedTypes().toSorted()).toEqual(['customer.created', 'customer.updated']);
    expect((await world.stripe.events.list({ delivery_success: false })).data).toEqual([]);
    expect((await sim(world, 'GET /deliveries')).body).toEqual({ mode: 'normal', deliveries: [] });
  });

  it('stay held when the endpoint fails by hand', async () => {
    answers.push(500);
    const [created] = await heldIds();
    expect((await deliver(created)).body).toMatchObject({ state: 'pending', attempts: [{ status: 500 }] });
    expect(await heldTypes()).toHaveLength(2);
  });
});

it('an attempt by hand leaves the retry where it was', async () => {
  answers.push(500, 500);
  await world.stripe.customers.create();
  await until(() => receiver.received.length === 1);
  const list = async () => (await sim(world, 'GET /deliveries?all=true')).body.deliveries;
  await until(async () => (await list())[0].nextAttempt !== null);
  const [{ id, nextAttempt: before }] = await list();
  expect((await deliver(id)).body).toMatchObject({ state: 'pending', nextAttempt: before });
  await advance(world, 3_600);
  expect((await list())[0]).toMatchObject({ state: 'delivered', nextAttempt: null });
  expect(receiver.received).toHaveLength(3);
});

it('what was delivered stays delivered, whatever is answered to a repetition', async () => {
  await world.stripe.customers.create();
  await until(async () => (await world.stripe.events.list({ delivery_success: false })).data.length === 0);
  answers.push(500);
  const [{ id }] = (await sim(world, 'GET /deliveries?all=true')).body.deliveries;
  expect((await deliver(id)).body).toMatchObject({ state: 'delivered', attempts: [{ status: 200 }, { status: 500 }] });
});

/** An endpoint whose answer begins, and never ends. */
async function startTalkative() {
  const server = createServer((_request, response) => void response.writeHead(200).write('x'.repeat(1000)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, stop: () => server.close().closeAllConnections() };
}

it('of each answer the first 200 characters are kept', async () => {
  await world.stripe.customers.create();
  await until(async () => (await world.stripe.events.list({ delivery_success: false })).data.length === 0);
  const [{ attempts }] = (await sim(world, 'GET /deliveries?all=true')).body.deliveries;
  expect(attempts).toMatchObject([{ status: 200, answer: '{"received":true}' }]);

  const talkative = await startTalkative();
  await world.stripe.webhookEndpoints.create({ url: talkative.url, enabled_events: ['product.created'] });
  await world.stripe.products.create({ name: 'Pro' });
  const last = async () => (await sim(world, 'GET /deliveries?all=true')).body.deliveries.at(-1);
  await until(async () => (await last()).state === 'delivered');
  expect((await last()).attempts).toMatchObject([{ status: 200, answer: 'x'.repeat(200) }]);
  talkative.stop();
});

it('an unknown delivery or mode is refused with a next step', async () => {
  expect(await deliver('evt_x.we_x')).toMatchObject({ status: 404, body: { error: { next: expect.any(String) } } });
  expect(await sim(world, 'POST /delivery', { mode: 'off' })).toMatchObject({ status: 400 });
});
