import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import { idOf } from '../../billing/subscription.ts';
import type { Handler } from '../../functions/shared/http.ts';
import { routeKey, routes } from '../../lib/routes.ts';
import { everything } from './everything.ts';
import { PATIENCE, runs } from './hostile-input.ts';
import { asJson, openShop, type Shop } from './shop.ts';
import { bodyOf, httpEvent, payWith } from './world.ts';

jest.setTimeout(PATIENCE);

let shop: Shop;
/** All that is Ada's: her ids at Stripe, her email, her name. */
let hers: readonly string[];
let atStripe: () => Promise<unknown>;

beforeAll(async () => {
  for (const level of ['log', 'warn', 'error'] as const) jest.spyOn(console, level).mockReturnValue(undefined);
  shop = await openShop();
  const sessionId = await shop.subscribe('ada-victim', 'pro_monthly');
  await shop.success('ada-victim', sessionId);
  const { data } = await shop.stripe.subscriptions.list({ limit: 1 });
  const [subscription] = data;
  if (!subscription?.latest_invoice) throw new Error('Ada has not subscribed');
  const { id } = subscription;
  const [customer, invoice] = [subscription.customer, subscription.latest_invoice].map(idOf);
  hers = [sessionId, id, customer ?? '', invoice ?? '', 'ada-victim@example.com', 'ada-victim'];
  atStripe = async () => [
    await shop.stripe.customers.retrieve(customer ?? ''),
    await shop.stripe.subscriptions.retrieve(id),
    await shop.stripe.checkout.sessions.retrieve(sessionId),
    await shop.stripe.checkout.sessions.list({ customer: customer ?? '' }),
  ];
  // Mallory is a customer too: somebody without anything is refused earlier.
  await shop.success('mallory', await shop.subscribe('mallory'));
});
afterAll(() => shop.stop());

/** Her records, and other people's. */
async function records() {
  const items = Object.entries(await everything(shop.table));
  const isHers = ([key]: [string, unknown]) => key.startsWith('["ada-victim"');
  return { hers: items.filter(isHers), others: JSON.stringify(items.filter((item) => !isHers(item))) };
}

const NAMES = ['user', 'userId', 'sub', 'customer', 'customerId', 'sessionId', 'subscription', 'after', 'email', 'id'];
const HEADERS = ['x-user-id', 'x-forwarded-user', 'x-amzn-oidc-identity', 'cookie', 'x-customer', 'x-original-url'];

/** Everywhere in a request that Mallory can write: whose id, under what name. */
const wish = fc.record({
  whose: fc.nat(),
  names: fc.subarray(NAMES, { minLength: 1 }),
  headers: fc.subarray(HEADERS),
  route: fc.constantFrom(...routes.filter(({ caller }) => caller === 'signed in')),
  valid: fc.boolean(),
});

describe('with a token of Mallory’s', () => {
  it('nothing of Ada’s is seen or touched, whatever route is asked for whatever is hers', async () => {
    const before = [(await records()).hers, await atStripe()];
    const property = fc.asyncProperty(wish, async ({ whose, names, headers, route, valid }) => {
      const target = hers[whose % hers.length] ?? '';
      const handle: Handler = (await import(`../../functions/${route.function}.ts`)).handler;
      const asked = Object.fromEntries(names.map((name) => [name, target]));
      const event = httpEvent(route.method, {
        user: 'mallory',
        headers: { ...asJson, ...Object.fromEntries(headers.map((name) => [name, target])) },
        parameters: Object.fromEntries([...names, 'sessionId'].map((name) => [name, target])),
        ...(route.method === 'POST' && { body: JSON.stringify({ ...asked, ...(valid && VALID[routeKey(route)]) }) }),
      });
      const result = await handle({ ...event, queryStringParameters: asked });
      expect(result.statusCode).toBeLessThan(500);
      for (const mine of hers) expect(JSON.stringify(result)).not.toContain(mine);
    });
    await fc.assert(property, { numRuns: runs(150, 0.02) });
    const after = await records();
    expect([after.hers, await atStripe()]).toEqual(before);
    for (const mine of hers) expect(after.others).not.toContain(mine);
  });
});

describe('a checkout that was made elsewhere in the same account, by a payment link', () => {
  it('is nobody’s, whomever its buyer says to be: it sells something else', async () => {
    const { id, url } = await shop.stripe.checkout.sessions.create({
      mode: 'subscription',
      customer_email: 'eve@example.com',
      client_reference_id: 'eve', // as in https://buy.stripe.com/...?client_reference_id=eve
      success_url: 'https://elsewhere.example',
      line_items: [{ price_data: NEWSLETTER, quantity: 1 }],
    });
    await payWith(url ?? '', '4242424242424242');
    expect(bodyOf(await shop.success('eve', id))).toMatchObject({ code: 'checkout_session_not_found' });
    expect(await shop.account('eve')).toMatchObject({ access: { allowed: false, reason: 'no_subscription' } });
  });
});

const NEWSLETTER = {
  currency: 'usd',
  unit_amount: 100,
  recurring: { interval: 'month' },
  product_data: { name: 'A newsletter' },
} as const;

/** What makes a body one that is taken. */
const VALID: Readonly<Record<string, object>> = {
  'POST /api/checkout': { plan: 'starter_yearly' },
  'POST /api/portal': { flow: 'payment_method_update' },
};
