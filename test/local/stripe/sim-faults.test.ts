import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Stripe from 'stripe';
import { sim } from './sim.ts';
import { startWorld, until, type World } from './world.ts';

let world: World;
/** The SDK as our own functions use it: two retries, with one idempotency key. */
let retrying: Stripe;

beforeEach(async () => {
  world = await startWorld();
  const { hostname: host, port } = new URL(world.url);
  retrying = new Stripe('sk_test_x', { host, port: Number(port), protocol: 'http', telemetry: false });
});
afterEach(() => world.stop());

const breakNext = async (fault: object): Promise<void> => {
  expect(await sim(world, 'POST /faults', fault)).toMatchObject({ status: 200 });
};
const emails = async (): Promise<(string | null)[]> =>
  (await world.stripe.customers.list()).data.map(({ email }) => email);

describe('a call that is broken before it began', () => {
  it('is refused with the status asked for, as Stripe words it, and changes nothing', async () => {
    await breakNext({ method: 'POST', path: '/v1/customers', status: 503 });
    await expect(world.stripe.customers.create()).rejects.toMatchObject({ statusCode: 503, type: 'StripeAPIError' });
    await breakNext({ status: 429 });
    await expect(world.stripe.customers.create()).rejects.toMatchObject({ type: 'StripeRateLimitError' });
    expect(await emails()).toEqual([]);
  });

  it('is done by the retry, once', async () => {
    await breakNext({ method: 'POST', path: '/v1/customers', status: 500, times: 2 });
    await retrying.customers.create({ email: 'ada@example.com' });
    expect(await emails()).toEqual(['ada@example.com']);
  });
});

describe('a call that is broken after its change was committed', () => {
  it.each([{ reset: true }, { status: 500 }])('by %j gives one object, which the retry is told of', async (how) => {
    await breakNext({ method: 'POST', path: '/v1/customers', ...how, when: 'after' });
    const customer = await retrying.customers.create({ email: 'ada@example.com' });
    const { data } = await world.stripe.customers.list();
    expect(data.map(({ id }) => id)).toEqual([customer.id]);
    expect(customer.lastResponse.headers).toMatchObject({ 'idempotent-replayed': 'true' });
    expect((await world.stripe.events.list({ type: 'customer.created' })).data).toHaveLength(1);
  });

  it('without a retry has happened all the same', async () => {
    // Twice: the SDK asks again once after a reset, whatever its settings.
    await breakNext({ method: 'POST', path: '/v1/customers', reset: true, when: 'after', times: 2 });
    await expect(world.stripe.customers.create({ email: 'ada@example.com' })).rejects.toMatchObject({
      type: 'StripeConnectionError',
    });
    expect(await emails()).toEqual(['ada@example.com']);
  });
});

describe('a call that is late', () => {
  it.each([
    ['before', 0],
    ['after', 1],
  ])('(%s it was committed) keeps its idempotency key in use', async (when, made) => {
    await breakNext({ method: 'POST', path: '/v1/customers', delayMs: 300, when });
    const key = { idempotencyKey: 'once' };
    const late = world.stripe.customers.create({}, key);
    await until(async () => (await sim(world, 'GET /faults')).body.faults.length === 0);
    expect(await emails()).toHaveLength(made);
    await expect(world.stripe.customers.create({}, key)).rejects.toMatchObject({
      statusCode: 409,
      code: 'idempotency_key_in_use',
    });
    const { id } = await late;
    expect((await world.stripe.customers.create({}, key)).id).toBe(id);
    expect(await emails()).toHaveLength(1);
  });
});

it('a fault meets only the calls that it names, as many as it says', async () => {
  const { id } = await world.stripe.customers.create();
  await breakNext({ method: 'GET', path: '/v1/customers/*', status: 500, times: 2 });
  await world.stripe.customers.list();
  await world.stripe.customers.update(id, { name: 'Ada' });
  const read = () => world.stripe.customers.retrieve(id);
  await expect(read()).rejects.toMatchObject({ statusCode: 500 });
  expect((await sim(world, 'GET /faults')).body.faults).toMatchObject([{ status: 500, times: 1, when: 'before' }]);
  await expect(read()).rejects.toMatchObject({ statusCode: 500 });
  expect(await read()).toMatchObject({ name: 'Ada' });
});

it('faults can be called off', async () => {
  await breakNext({ status: 500 });
  expect((await sim(world, 'DELETE /faults')).body).toEqual({ faults: [] });
  expect(await emails()).toEqual([]);
});

it.each([
  [{}, 'missing'],
  [{ status: 500, reset: true }, 'one of'],
  [{ status: 200 }, '"status"'],
  [{ reset: 'yes' }, '"reset"'],
  [{ reset: false }, 'missing'],
  [{ status: 500, path: '/c/pay' }, '/v1/'],
  [{ status: 500, methods: 'GET' }, '"methods"'],
])('a fault like %j is refused with a next step', async (fault, problem) => {
  const refused = await sim(world, 'POST /faults', fault);
  expect(refused).toMatchObject({ status: 400, body: { error: { next: expect.stringContaining('Send') } } });
  expect(refused.body.error.message).toContain(problem);
});
