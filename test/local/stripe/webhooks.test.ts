import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type Stripe from 'stripe';
import {
  handClock,
  inWorld,
  makeCatalogue,
  startReceiver,
  startWorld,
  subscribed,
  until,
  type World,
} from './world.ts';

const API_VERSION = '2026-10-28.endive';
const EVENTS = ['customer.created', 'customer.updated'] as const;

let world: World;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let answers: number[];

beforeEach(async () => {
  world = await startWorld({ retryAfter: [5, 5] });
  answers = [];
  receiver = await startReceiver(answers);
});
afterEach(async () => {
  await receiver.stop();
  await world.stop();
});

const listen = (events: readonly Stripe.WebhookEndpointCreateParams.EnabledEvent[] = EVENTS) =>
  world.stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: [...events], api_version: API_VERSION });

const undelivered = async () => (await world.stripe.events.list({ delivery_success: false })).data;

describe('a webhook', () => {
  it("carries a signature that Stripe's own library takes", async () => {
    const { secret = '' } = await listen();
    const customer = await world.stripe.customers.create({ email: 'ada@example.com' });
    await until(() => receiver.received.length === 1);
    const [webhook] = receiver.received;
    const event = world.stripe.webhooks.constructEvent(webhook?.payload ?? '', webhook?.signature ?? '', secret);
    expect(event).toMatchObject({ type: 'customer.created', api_version: API_VERSION, livemode: false });
    expect(event).toMatchObject({ pending_webhooks: 1, data: { object: { id: customer.id } } });
    expect(() =>
      world.stripe.webhooks.constructEvent(`${webhook?.payload} `, webhook?.signature ?? '', secret),
    ).toThrow('No signatures found');
  });

  it('goes only to endpoints that want its event', async () => {
    await listen(['customer.updated']);
    const customer = await world.stripe.customers.create();
    await world.stripe.customers.update(customer.id, { name: 'Ada' });
    await until(() => receiver.received.length === 1);
    expect(JSON.parse(receiver.received[0]?.payload ?? '')).toMatchObject({
      type: 'customer.updated',
      data: { previous_attributes: { name: null } },
    });
  });

  it('has decimals as plain text', async () => {
    await listen(['*']);
    const catalogue = await makeCatalogue(world);
    await subscribed(world, { price: catalogue.proMonthly.id });
    const created = () => receiver.received.find(({ payload }) => payload.includes('"customer.subscription.created"'));
    await until(() => created() !== undefined);
    const { data } = JSON.parse(created()?.payload ?? '');
    expect(data.object.items.data[0].price.unit_amount_decimal).toBe('2900');
  });

  it('names the request that caused it, and its idempotency key', async () => {
    await listen();
    const { lastResponse } = await world.stripe.customers.create({}, { idempotencyKey: 'once' });
    await until(() => receiver.received.length === 1);
    const request = { id: lastResponse.requestId, idempotency_key: 'once' };
    expect(JSON.parse(receiver.received[0]?.payload ?? '')).toMatchObject({ request });
  });
});

describe('an endpoint that fails', () => {
  it('is tried again until it answers 2xx', async () => {
    answers.push(500, 302);
    await listen();
    await world.stripe.customers.create();
    await until(() => receiver.received.length === 3);
    await until(async () => (await undelivered()).length === 0);
    expect(receiver.received).toHaveLength(3);
  });

  it('is given up in the end, and its events stay undelivered', async () => {
    answers.push(500, 500, 500, 500);
    await listen();
    await world.stripe.customers.create();
    await until(() => receiver.received.length === 3);
    await until(async () => (await undelivered())[0]?.pending_webhooks === 0);
    expect(await undelivered()).toHaveLength(1);
    expect((await world.stripe.events.list({ delivery_success: true })).data).toEqual([]);
  });

  it('is shown on the start page', async () => {
    answers.push(500);
    await listen();
    await world.stripe.customers.create();
    await until(async () => (await undelivered()).length === 0);
    expect(await (await fetch(world.url)).text()).toMatch(/<strong>delivered<\/strong>: 200 OK[^]*2 attempts/);
  });

  it('hears nothing more once it is disabled or deleted', async () => {
    const endpoint = await listen();
    await world.stripe.webhookEndpoints.update(endpoint.id, { disabled: true });
    const { id } = await world.stripe.customers.create();
    expect(await undelivered()).toEqual([]);
    await world.stripe.webhookEndpoints.update(endpoint.id, { disabled: false });
    answers.push(500, 500, 500);
    await world.stripe.customers.update(id, { name: 'Ada' });
    await until(() => receiver.received.length === 3);
    expect(receiver.received[0]?.payload).toContain('customer.updated');
    expect(await undelivered()).toHaveLength(1);

    await world.stripe.webhookEndpoints.del(endpoint.id);
    await expect(world.stripe.webhookEndpoints.retrieve(endpoint.id)).rejects.toMatchObject({ statusCode: 404 });
    expect(await undelivered()).toEqual([]);
  });
});

it('signs a retry with the time of the retry', async () => {
  const clock = handClock();
  const start = clock.now();
  const target = await startReceiver([500], () => clock.moveTo(start + 60));
  const hearsTwice = inWorld({ clock, retryAfter: [5] }, async ({ stripe }) => {
    await stripe.webhookEndpoints.create({ url: target.url, enabled_events: ['customer.created'] });
    await stripe.customers.create();
    await until(() => target.received.length === 2);
    const times = target.received.map(({ signature }) => Number(/^t=(\d+),/.exec(signature)?.[1]));
    expect(times).toEqual([start, start + 60]);
  });
  try {
    await hearsTwice;
  } finally {
    await target.stop();
  }
});

describe('a webhook endpoint', () => {
  it('tells its secret when it is made, and never again', async () => {
    const made = await listen();
    expect(made.secret).toMatch(/^whsec_\w{32}$/);
    expect(await world.stripe.webhookEndpoints.retrieve(made.id)).not.toHaveProperty('secret');
    expect((await world.stripe.webhookEndpoints.list()).data).toMatchObject([{ id: made.id, status: 'enabled' }]);
  });

  it('is refused for a version of the API that the simulator does not speak', async () => {
    const old = { url: receiver.url, enabled_events: ['*'], api_version: '2024-06-20' } as const;
    await expect(
      world.stripe.webhookEndpoints.create({ ...old, enabled_events: [...old.enabled_events] }),
    ).rejects.toMatchObject({ statusCode: 400, param: 'api_version' });
  });

  it('elsewhere than on this machine is sent nothing', async () => {
    await world.stripe.webhookEndpoints.create({ url: 'https://example.com/webhook', enabled_events: ['*'] });
    await world.stripe.customers.create();
    await until(async () => (await undelivered())[0]?.pending_webhooks === 0);
    expect(await (await fetch(world.url)).text()).toContain('posts to this machine only');
  });
});
