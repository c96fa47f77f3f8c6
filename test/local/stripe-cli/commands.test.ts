import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCatalogue, startReceiver, startWorld, until, type World } from '../stripe/world.ts';
import { startCli } from './cli.ts';

let world: World;
let cli: Awaited<ReturnType<typeof startCli>>;

beforeEach(async () => {
  world = await startWorld();
  cli = await startCli(world.url);
});
afterEach(async () => {
  await cli.stop();
  await world.stop();
});

/** What a command printed, which is the answer of the API. */
const answerOf = async (...args: string[]) => JSON.parse((await cli.run(...args)).output) as Record<string, unknown>;

describe('the official CLI', () => {
  it('reads and writes by path and by resource, without naming a version of the API', async () => {
    const made = await answerOf(
      'post',
      '/v1/customers',
      '-d',
      'email=ada@example.com',
      '-d',
      'metadata[userId]=user-1',
    );
    expect(made).toMatchObject({ object: 'customer', metadata: { userId: 'user-1' } });
    expect(await answerOf('get', `/v1/customers/${String(made['id'])}`)).toEqual(made);
    expect(await answerOf('customers', 'list', '--limit', '2')).toMatchObject({ data: [made] });
    expect((await world.stripe.customers.retrieve(String(made['id']))).object).toBe('customer');
  });

  it("is refused in Stripe's words", async () => {
    const { output } = await cli.run('get', '/v1/customers/cus_none');
    expect(output).toContain("No such customer: 'cus_none'");
    expect((await cli.run('post', '/v1/customers', '-d', 'colour=red')).output).toContain('parameter_unknown');
  });

  it('makes what a fixture file describes, each step with what came of those before', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fixtures-'));
    const file = join(folder, 'plan.json');
    const fixtures = [
      { name: 'team', path: '/v1/products', method: 'post', params: { name: 'Team' } },
      {
        name: 'monthly',
        path: '/v1/prices',
        method: 'post',
        params: {
          product: '${team:id}',
          unit_amount: 4900,
          currency: 'usd',
          recurring: { interval: 'month' },
          lookup_key: 'team_monthly',
        },
      },
    ];
    await writeFile(file, JSON.stringify({ _meta: { template_version: 0 }, fixtures }));
    const { code, output } = await cli.run('fixtures', file);
    await rm(folder, { recursive: true, force: true });
    expect({ code, output }).toMatchObject({ code: 0 });
    const { data } = await world.stripe.prices.list({ lookup_keys: ['team_monthly'], expand: ['data.product'] });
    expect(data).toMatchObject([{ unit_amount: 4900, product: { name: 'Team' } }]);
  });
});

describe('events resend', () => {
  const newEvent = async (type: 'product.created') => {
    await makeCatalogue(world);
    const [event] = (await world.stripe.events.list({ type })).data;
    return event?.id ?? '';
  };

  it('brings an event again to an endpoint, whatever became of it, with a fresh signature', async () => {
    const receiver = await startReceiver();
    const events = ['product.created'] as const;
    const endpoint = await world.stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: [...events] });
    const id = await newEvent('product.created');
    await until(() => receiver.received.length === 2);
    expect(await answerOf('events', 'resend', id, '--webhook-endpoint', endpoint.id)).toMatchObject({ id });
    await until(() => receiver.received.length === 3);
    const again = receiver.received[2] ?? { payload: '', signature: '' };
    const event = world.stripe.webhooks.constructEvent(again.payload, again.signature, endpoint.secret ?? '');
    expect(event.id).toBe(id);
    await receiver.stop();
  });

  it('brings an event again to those who listen by the CLI, and to nobody else', async () => {
    const [listener, endpoint] = [await startReceiver(), await startReceiver()];
    await world.stripe.webhookEndpoints.create({ url: endpoint.url, enabled_events: ['product.updated'] });
    const id = await newEvent('product.created');
    await cli.listen('--forward-to', listener.url, '--events', 'product.created');
    await answerOf('events', 'resend', id);
    await until(() => listener.received.length === 1);
    expect(listener.received[0]?.payload).toContain(id);
    expect(endpoint.received).toEqual([]);
    await listener.stop();
    await endpoint.stop();
  });

  it('knows only events and endpoints that there are', async () => {
    expect((await cli.run('events', 'resend', 'evt_none')).output).toContain("No such event: 'evt_none'");
    const id = await newEvent('product.created');
    const { output } = await cli.run('events', 'resend', id, '--webhook-endpoint', 'we_none');
    expect(output).toContain("No such webhook endpoint: 'we_none'");
  });
});
