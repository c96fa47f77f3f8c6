import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import Stripe from 'stripe';
import { type StripeSimulatorOptions, startStripeSimulator } from '../../../local/stripe/server.ts';
import { createWitness } from './truth/witness.ts';

const SUCCESS = 'http://localhost:4242/success?session_id={CHECKOUT_SESSION_ID}';
const CANCEL = 'http://localhost:4242/cancel';

/** A time that stands still until the test moves it. */
export function handClock(start = Date.UTC(2027, 0, 31, 12) / 1000) {
  let time = start;
  return {
    now: () => time,
    moveTo: (at: number) => {
      time = at;
    },
  };
}

/** A simulator, and the official SDK that talks to it. All that either of them says is held against the SDK's types, when the world stops. */
export async function startWorld(options: StripeSimulatorOptions = {}) {
  const witness = await createWitness();
  const simulator = await startStripeSimulator({ ...witness.watching, ...options });
  const { hostname, port } = new URL(simulator.url);
  const sdk = (key = 'sk_test_x') =>
    new Stripe(key, { host: hostname, port: Number(port), protocol: 'http', telemetry: false, maxNetworkRetries: 0 });
  const stop = async (): Promise<void> => {
    await simulator.stop();
    witness.swear();
  };
  return { ...simulator, stripe: sdk(), sdk, seen: witness.seen, stop };
}

/** A world of the test's own, stopped whatever comes of it. */
export async function inWorld(options: StripeSimulatorOptions, visit: (world: World) => Promise<void>): Promise<void> {
  const world = await startWorld(options);
  try {
    await visit(world);
  } finally {
    await world.stop();
  }
}

export type World = Awaited<ReturnType<typeof startWorld>>;

const monthly = { interval: 'month' } as const;

/** Sets the account, as Stripe's dashboard would. @throws with the simulator's words when it refuses */
export async function setAccount({ url }: World, settings: Readonly<Record<string, unknown>>): Promise<void> {
  const body = JSON.stringify(settings);
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(`${url}/_sim/settings`, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(await answer.text());
}

/** Two products, with a price for a month each and one for a year. */
export async function makeCatalogue({ stripe }: World) {
  const starter = await stripe.products.create({ id: 'starter', name: 'Starter' });
  const pro = await stripe.products.create({ id: 'pro', name: 'Pro' });
  const price = (product: string, unit_amount: number, recurring: { interval: 'month' | 'year' }, lookup_key: string) =>
    stripe.prices.create({ product, unit_amount, currency: 'usd', recurring, lookup_key });
  return {
    starter,
    pro,
    starterMonthly: await price('starter', 900, monthly, 'starter_monthly'),
    proMonthly: await price('pro', 2900, monthly, 'pro_monthly'),
    proYearly: await price('pro', 29000, { interval: 'year' }, 'pro_yearly'),
  };
}

export interface CheckoutWishes {
  readonly price: string;
  readonly trialDays?: number;
  readonly email?: string;
  /** Further parameters of the session. */
  readonly session?: Partial<Stripe.Checkout.SessionCreateParams>;
  /** Further subscription data. */
  readonly data?: Stripe.Checkout.SessionCreateParams.SubscriptionData;
}

/** A customer with an open checkout session. */
export async function openCheckout(
  { stripe }: World,
  { price, trialDays, email = 'ada@example.com', session: params, data }: CheckoutWishes,
) {
  const customer = await stripe.customers.create({ email, metadata: { userId: 'user-1' } });
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    client_reference_id: 'user-1',
    line_items: [{ price, quantity: 1 }],
    success_url: SUCCESS,
    cancel_url: CANCEL,
    metadata: { userId: 'user-1' },
    subscription_data: { metadata: { userId: 'user-1' }, ...(trialDays && { trial_period_days: trialDays }), ...data },
    ...params,
  });
  return { customer, session, url: session.url ?? '' };
}

export const card = (number = '4242 4242 4242 4242'): Record<string, string> => ({
  number,
  expiration: '12 / 40',
  cvc: '123',
  name: 'Ada Lovelace',
});

export interface Seen {
  readonly status: number;
  readonly location: string | null;
  readonly text: string;
  readonly headers: Headers;
}

const seen = async (response: Response): Promise<Seen> => ({
  status: response.status,
  location: response.headers.get('location'),
  text: await response.text(),
  headers: response.headers,
});

export const look = async (url: string): Promise<Seen> => seen(await fetch(url, { redirect: 'manual' }));

export const submit = async (
  url: string,
  fields: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Seen> =>
  seen(await fetch(url, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams({ ...fields }) }));

/** A subscriber: paid (or in a trial) by the card that pays. */
export async function subscribed(world: World, wishes: CheckoutWishes) {
  const { customer, session, url } = await openCheckout(world, wishes);
  await submit(url, card());
  const complete = await world.stripe.checkout.sessions.retrieve(session.id);
  const [subscription] = (await world.stripe.subscriptions.list({ customer: customer.id })).data;
  if (subscription === undefined) throw new Error('not subscribed');
  return { customer, session: complete, subscription };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

interface Received {
  readonly payload: string;
  readonly signature: string;
}

/** A webhook endpoint. `answers` are given one after the other, then 200. @param beforeAnswer done with each request first */
export async function startReceiver(answers: number[] = [], beforeAnswer: () => void = () => {}) {
  const received: Received[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    received.push({ payload: await bodyOf(request), signature: String(request.headers['stripe-signature']) });
    beforeAnswer();
    response.writeHead(answers.shift() ?? 200).end('{"received":true}');
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/webhook`,
    received,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Waits for a condition, as long as a test may take. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const start = Date.now();
  while (!(await condition())) {
    if (Date.now() - start > 4_500) throw new Error(`never came true: ${String(condition)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
