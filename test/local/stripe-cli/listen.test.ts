import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebSocket, type RawData } from 'ws';
import { sim } from '../stripe/sim.ts';
import { startReceiver, startWorld, until, type World } from '../stripe/world.ts';
import { startCli } from './cli.ts';

let world: World;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let cli: Awaited<ReturnType<typeof startCli>>;
let answers: number[];

beforeEach(async () => {
  answers = [];
  world = await startWorld();
  receiver = await startReceiver(answers);
  cli = await startCli(world.url);
});
afterEach(async () => {
  await cli.stop();
  await receiver.stop();
  await world.stop();
});

const startPage = async () => (await fetch(world.url)).text();

describe.each([[[]], [['--latest']]])("the official CLI's listen %j", (version) => {
  it('forwards the events it was asked for, once each, signed with the secret it tells', async () => {
    const secret = await cli.listen(...version, '--forward-to', receiver.url, '--events', 'product.created');
    const customer = await world.stripe.customers.create();
    const product = await world.stripe.products.create({ name: 'Pro' });
    await until(async () => (await startPage()).includes('<strong>delivered</strong>: 200'));
    expect(receiver.received).toHaveLength(1);
    const [webhook] = receiver.received;
    const event = world.stripe.webhooks.constructEvent(webhook?.payload ?? '', webhook?.signature ?? '', secret);
    expect(event).toMatchObject({ type: 'product.created', api_version: '2026-10-28.endive' });
    expect(event.data.object).toMatchObject({ id: product.id });
    expect(receiver.received[0]?.payload).not.toContain(customer.id);
  });
});

describe('what listens by the CLI', () => {
  it('is no endpoint: its failures are shown, and neither counted nor tried again', async () => {
    answers.push(500);
    await cli.listen('--forward-to', receiver.url, '--events', 'customer.created');
    await world.stripe.customers.create();
    await until(async () => (await startPage()).includes('<strong>given up</strong>: 500'));
    const { data } = await world.stripe.events.list({ delivery_success: true });
    expect(data).toMatchObject([{ type: 'customer.created', pending_webhooks: 0 }]);
    expect(receiver.received).toHaveLength(1);
  });

  it('is sent nothing from before it listened, and takes nothing from endpoints', async () => {
    const endpoint = await startReceiver();
    await world.stripe.webhookEndpoints.create({ url: endpoint.url, enabled_events: ['customer.created'] });
    await world.stripe.customers.create();
    await cli.listen('--forward-to', receiver.url, '--events', 'customer.created');
    await world.stripe.customers.create();
    await until(() => endpoint.received.length === 2 && receiver.received.length === 1);
    await endpoint.stop();
  });

  it('signs with one secret for all, which can be asked for by itself', async () => {
    const secret = await cli.listen('--forward-to', receiver.url, '--events', 'customer.created');
    expect((await cli.run('listen', '--skip-update', '--print-secret')).output.trim()).toBe(secret);
  });
});

describe('webhooks that are held', () => {
  const typesReceived = (): string[] => receiver.received.map(({ payload }): string => JSON.parse(payload).type);
  const listening = () => cli.listen('--forward-to', receiver.url, '--events', 'product.created,customer.created');

  it('are held back from the CLI as well, and let go in their order', async () => {
    await listening();
    await sim(world, 'POST /delivery', { mode: 'hold' });
    await world.stripe.customers.create();
    await world.stripe.products.create({ name: 'Pro' });
    const { body } = await sim(world, 'GET /deliveries');
    expect(body.deliveries).toMatchObject([
      { event: { type: 'customer.created' }, endpoint: { url: receiver.url }, state: 'pending' },
      { event: { type: 'product.created' } },
    ]);
    await sim(world, 'POST /delivery', { mode: 'normal' });
    await until(() => receiver.received.length === 2);
    expect(typesReceived().toSorted()).toEqual(['customer.created', 'product.created']);
  });

  it('can be brought to the CLI one by one, in any order', async () => {
    await listening();
    await sim(world, 'POST /delivery', { mode: 'hold' });
    await world.stripe.customers.create();
    await world.stripe.products.create({ name: 'Pro' });
    const [first, second] = (await sim(world, 'GET /deliveries')).body.deliveries;
    await sim(world, `POST /deliveries/${second.id}`);
    await until(() => receiver.received.length === 1);
    expect((await sim(world, 'GET /deliveries')).body.deliveries).toMatchObject([{ id: first.id }]);
    await sim(world, `POST /deliveries/${first.id}`);
    await until(() => receiver.received.length === 2);
    expect(typesReceived()).toEqual(['product.created', 'customer.created']);
  });
});

/** A session as the CLI asks for it. @returns its id */
async function session(): Promise<string> {
  const body = new URLSearchParams({ device_name: 'device', 'websocket_features[]': 'webhooks' });
  const headers = { authorization: 'Bearer sk_test_x' };
  const response = await fetch(`${world.url}/v1/stripecli/sessions`, { method: 'POST', headers, body });
  const { websocket_id: id } = (await response.json()) as { websocket_id: string };
  return id;
}

const textOf = (data: RawData) => Buffer.concat([data].flat().map((part) => new Uint8Array(part))).toString();

/** A socket that answers nothing of itself. */
function connect(headers: Record<string, string>, protocol = 'stripecli-devproxy-v1') {
  const received: { type: string; webhook_conversation_id: string; endpoint: { api_version: string | null } }[] = [];
  const socket = new WebSocket(`${world.url.replace('http', 'ws')}/subscribe?websocket_feature=webhooks`, protocol, {
    headers,
  });
  socket.on('message', (data) => received.push(JSON.parse(textOf(data))));
  const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
  const opened = new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  return { socket, received, opened, closed };
}

describe('the socket of a session', () => {
  it('brings again, when it was lost, what was not acknowledged on it', async () => {
    const id = await session();
    await world.stripe.customers.create();
    const first = connect({ 'websocket-id': id });
    await until(() => first.received.length === 2);
    const [kept, lost] = first.received;
    expect([kept, lost].map((message) => message?.endpoint.api_version)).toEqual([null, '2026-10-28.endive']);
    first.socket.send(JSON.stringify({ type: 'event_ack', webhook_conversation_id: kept?.webhook_conversation_id }));
    await until(async () => (await startPage()).includes('taken by the Stripe CLI'));
    first.socket.terminate();

    const second = connect({ 'websocket-id': id });
    await until(() => second.received.length === 1);
    expect(second.received).toEqual([lost]);
    second.socket.terminate();
  });

  it('is closed on nonsense, and nobody else notices', async () => {
    const one = connect({ 'websocket-id': await session() });
    await one.opened;
    one.socket.send('{"type":"event_ack","webhook_conversation_id":"wc_unknown"}');
    one.socket.send('not JSON');
    one.socket.send('x'.repeat(100_000));
    await one.closed;
    expect((await world.stripe.customers.create()).object).toBe('customer');
  });

  it.each([
    { who: 'who names no session', headers: {} },
    { who: 'who names a session that there is not', headers: { 'websocket-id': 'cliws_unknown' } },
    { who: 'a page in a browser', known: true, headers: { origin: 'https://example.com' } },
    { who: 'who speaks something else', known: true, headers: {}, protocol: 'chat' },
  ])('is not opened to $who', async ({ known, headers, protocol }) => {
    const id: Record<string, string> = known ? { 'websocket-id': await session() } : {};
    await expect(connect({ ...id, ...headers }, protocol).opened).rejects.toThrow('400');
  });
});
