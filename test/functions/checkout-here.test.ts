import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import plansFile from '../../plans.json' with { type: 'json' };
import type { UiMode } from '../../billing/checkout.ts';
import { parsePlans, plansOf } from '../../billing/plans.ts';
import { customerRecords } from '../../clients/records/customers.ts';
import { sale } from '../../clients/sale.ts';
import { asJson, openShop, type Shop } from './shop.ts';
import { bodyOf, httpEvent, payWith, SITE } from './world.ts';

const STRIPE_JS = 'https://js.stripe.com/endive/stripe.js';

let shop: Shop;
const logged: string[] = [];
beforeAll(async () => {
  for (const level of ['log', 'warn', 'error'] as const)
    jest.spyOn(console, level).mockImplementation((line: unknown) => void logged.push(String(line)));
  Object.assign(process.env, { CHECKOUT_UI_MODE: 'elements', STRIPE_JS });
  shop = await openShop();
});
afterAll(() => shop.stop());

async function checkout(user: string, plan = 'starter_monthly') {
  const event = httpEvent('POST', { user, body: JSON.stringify({ plan }), headers: asJson });
  const result = await shop.route.checkout(event);
  return { ...bodyOf(result), headers: result.headers };
}

async function secretFor(user: string, plan?: string): Promise<string> {
  const answer: Record<string, unknown> = await checkout(user, plan);
  expect(answer).toMatchObject({ kind: 'checkout', clientSecret: expect.stringMatching(/^cs_test_\w+_secret_\w+$/) });
  return String(answer['clientSecret']);
}

const sessionIdIn = (secret: string): string => secret.split('_secret_')[0] ?? '';
const sessionOf = (secret: string) => shop.stripe.checkout.sessions.retrieve(sessionIdIn(secret));

/** A checkout that was opened while the stack was set otherwise. */
async function openedAt(userId: string, uiMode: UiMode): Promise<void> {
  const plan = plansOf(parsePlans(plansFile)).find(({ lookupKey }) => lookupKey === 'starter_monthly');
  const { data } = await shop.stripe.prices.list({ lookup_keys: ['starter_monthly'] });
  if (plan === undefined || data[0] === undefined) throw new Error('There is no starter_monthly.');
  const order = { userId, plan, priceId: data[0].id, trial: false, siteUrl: SITE, uiMode };
  await sale(shop.stripe, customerRecords(shop.table), new Set()).open(order, undefined, async () => null);
}

describe('where customers pay on our own page', () => {
  it('the page learns how, and from where Stripe.js is', async () => {
    const config = bodyOf(await shop.route.config(httpEvent('GET', {})));
    expect(config).toMatchObject({
      publishableKey: 'pk_test_functions',
      checkout: { uiMode: 'elements', stripeJs: STRIPE_JS },
    });
  });

  it('a checkout is a secret and no address, kept by nobody, and leads back to our own success page', async () => {
    const { headers, ...answer } = await checkout('ada');
    expect(answer).toEqual({ kind: 'checkout', clientSecret: expect.any(String) });
    expect(headers).toMatchObject({ 'cache-control': 'no-store' });
    const { ui_mode, return_url } = await sessionOf(await secretFor('ada'));
    expect({ ui_mode, return_url }).toEqual({
      ui_mode: 'elements',
      return_url: `${SITE}/success?session_id={CHECKOUT_SESSION_ID}`,
    });
  });

  it('the same plan asked again, by a reload, is the same checkout; another plan closes it', async () => {
    const first = await secretFor('grace');
    expect(await secretFor('grace')).toBe(first);
    expect(await secretFor('grace', 'starter_yearly')).not.toBe(first);
    expect(await sessionOf(first)).toMatchObject({ status: 'expired' });
  });

  it('many requests at once are one checkout', async () => {
    const secrets = await Promise.all([1, 2, 3].map(() => secretFor('heidi')));
    expect(new Set(secrets).size).toBe(1);
  });

  it.each(['hosted_page', 'embedded_page'] as const)(
    'a checkout that was opened at %s is closed before there is another: nobody pays in both',
    async (uiMode) => {
      await openedAt(`mover-${uiMode}`, uiMode);
      await secretFor(`mover-${uiMode}`);
      const { data } = await shop.stripe.checkout.sessions.list({ limit: 100 });
      const own = data.filter(({ client_reference_id: user }) => user === `mover-${uiMode}`);
      expect(new Map(own.map(({ ui_mode, status }) => [ui_mode, status]))).toEqual(
        new Map([
          ['elements', 'open'],
          [uiMode, 'expired'],
        ]),
      );
    },
  );

  it('who has paid has access as soon as the success page asks, and nobody else by that session', async () => {
    const secret = await secretFor('judy');
    await payWith(`${shop.simulator}/c/embed/${secret}`, '4242424242424242');
    expect((await shop.success('mallory', sessionIdIn(secret))).statusCode).toBe(404);
    expect(bodyOf(await shop.success('judy', sessionIdIn(secret)))).toMatchObject({
      status: 'complete',
      access: { allowed: true, reason: 'active' },
    });
    expect(await checkout('judy')).toMatchObject({ kind: 'portal' });
  });

  it('no secret of a checkout is ever logged', () => {
    expect(logged.length).toBeGreaterThan(0);
    expect(logged.join('\n')).not.toContain('_secret_');
  });
});
