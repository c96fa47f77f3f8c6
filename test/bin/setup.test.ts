import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type Stripe from 'stripe';
import plansFile from '../../plans.json' with { type: 'json' };
import { HANDLED_EVENTS } from '../../billing/events.ts';
import { parsePlans, type PlansFile } from '../../billing/plans.ts';
import type { Change } from '../../bin/setup/change.ts';
import { setup } from '../../bin/setup/setup.ts';
import { connectStripe } from '../../clients/stripe.ts';
import { startStripeSimulator, type StripeSimulator } from '../../local/stripe/server.ts';
import { createWitness } from '../local/stripe/truth/witness.ts';
import { memorySecret } from '../support/secret.ts';

const KEYS = { secretKey: 'sk_test_setup', publishableKey: 'pk_test_setup' };
const URL_OF_WEBHOOK = 'http://127.0.0.1:9/webhook';
const plans = parsePlans(plansFile);

let simulator: StripeSimulator;
let witness: Awaited<ReturnType<typeof createWitness>>;
let stripe: Stripe;
let secret: ReturnType<typeof memorySecret>;
const secrets = new SecretsManagerClient({ region: 'us-east-1' });

beforeEach(async () => {
  witness = await createWitness('all');
  simulator = await startStripeSimulator(witness.watching);
  stripe = connectStripe(KEYS.secretKey, simulator.url);
  secret = memorySecret();
});
afterEach(async () => {
  secret.restore();
  await simulator.stop();
  witness.swear();
});

async function run(file: PlansFile = plans): Promise<Change[]> {
  const changes: Change[] = [];
  const report = (change: Change) => void changes.push(change);
  const to = { siteUrl: 'https://site.example', webhook: { url: URL_OF_WEBHOOK }, secretId: 'secret' };
  await setup({ stripe, stripeKeys: KEYS, plans: file, secrets, report, ...to });
  return changes;
}

const outcomes = (changes: Change[]) => new Set(changes.map(({ outcome }) => outcome));

async function kept(): Promise<Record<string, unknown>> {
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: 'secret' }));
  const json: unknown = JSON.parse(SecretString ?? '');
  return { ...(json as object) };
}

const keep = (value: unknown) =>
  secrets.send(new PutSecretValueCommand({ SecretId: 'secret', SecretString: JSON.stringify(value) }));

/** The plans with another amount for Starter, monthly. */
function dearer(): PlansFile {
  const products = plans.products.map((product) => ({
    ...product,
    prices: product.prices.map((price) => (price.lookupKey === 'starter_monthly' ? { ...price, amount: 1100 } : price)),
  }));
  return { products };
}

describe('setup', () => {
  it('makes products, prices, portal and webhook endpoint, and keeps the keys', async () => {
    expect(outcomes(await run())).toEqual(new Set(['created']));
    const { data: prices } = await stripe.prices.list({ lookup_keys: ['pro_monthly'] });
    expect(prices).toMatchObject([{ product: 'pro', unit_amount: 2900, metadata: { plan: 'pro_monthly' } }]);
    const { data: endpoints } = await stripe.webhookEndpoints.list();
    expect(endpoints).toMatchObject([
      { url: URL_OF_WEBHOOK, enabled_events: HANDLED_EVENTS, api_version: '2026-10-28.endive' },
    ]);
    expect(await kept()).toMatchObject({
      ...KEYS,
      webhookEndpoint: endpoints[0]?.id,
      webhookSecrets: [expect.stringMatching(/^whsec_/)],
      portalConfiguration: expect.stringMatching(/^bpc_/),
    });
  });

  it('tells the portal the name of the business, as the page has it', async () => {
    await run();
    const [configuration] = (await stripe.billingPortal.configurations.list()).data;
    expect(configuration?.business_profile.headline).toBe('Harbour');
  });

  it('changes nothing the second time, but for the portal, which cannot be compared', async () => {
    await run();
    const before = await kept();
    const changes = await run();
    expect(changes.filter(({ outcome }) => outcome !== 'unchanged')).toEqual([
      { what: 'billing portal configuration', outcome: 'updated' },
    ]);
    expect(await kept()).toEqual(before);
    expect((await stripe.billingPortal.configurations.list()).data).toHaveLength(1);
  });

  it('moves the lookup key to a new price when the amount changes, and sells the old one no more', async () => {
    await run();
    const [old] = (await stripe.prices.list({ lookup_keys: ['starter_monthly'] })).data;
    expect(await run(dearer())).toContainEqual({ what: 'price starter_monthly', outcome: 'updated' });
    const [now] = (await stripe.prices.list({ lookup_keys: ['starter_monthly'] })).data;
    expect(now).toMatchObject({ unit_amount: 1100, active: true });
    expect(await stripe.prices.retrieve(old?.id ?? '')).toMatchObject({
      active: false,
      metadata: { plan: 'starter_monthly' },
    });
  });

  it('makes the webhook endpoint anew when its secret is not ours, and removes the old one', async () => {
    const stray = await stripe.webhookEndpoints.create({ url: URL_OF_WEBHOOK, enabled_events: ['*'] });
    expect(await run()).toContainEqual({ what: `webhook endpoint ${stray.id}`, outcome: 'removed' });
    expect((await stripe.webhookEndpoints.list()).data.map(({ id }) => id)).toEqual([
      (await kept())['webhookEndpoint'],
    ]);
  });

  it('mends an endpoint that somebody switched off or gave other events', async () => {
    await run();
    const id = String((await kept())['webhookEndpoint']);
    await stripe.webhookEndpoints.update(id, { enabled_events: ['invoice.paid'], disabled: true });
    expect(await run()).toContainEqual({ what: `webhook endpoint ${URL_OF_WEBHOOK}`, outcome: 'updated' });
    expect(await stripe.webhookEndpoints.retrieve(id)).toMatchObject({
      status: 'enabled',
      enabled_events: HANDLED_EVENTS,
    });
  });

  it('has an endpoint listen only when its secret is kept', async () => {
    jest.spyOn(stripe.webhookEndpoints, 'update').mockRejectedValueOnce(new Error('Stripe is down'));
    await expect(run()).rejects.toThrow('Stripe is down');
    const [quiet] = (await stripe.webhookEndpoints.list()).data;
    expect(quiet?.enabled_events).not.toContain('customer.subscription.updated');
    expect(await kept()).toMatchObject({ webhookEndpoint: quiet?.id });
    expect(await run()).toContainEqual({ what: `webhook endpoint ${URL_OF_WEBHOOK}`, outcome: 'updated' });
    expect(await stripe.webhookEndpoints.retrieve(quiet?.id ?? '')).toMatchObject({ enabled_events: HANDLED_EVENTS });
  });

  it('leaves an endpoint of another API version beside the new one, and both secrets accepted', async () => {
    await run();
    const other = await stripe.webhookEndpoints.create({ url: URL_OF_WEBHOOK, enabled_events: [...HANDLED_EVENTS] });
    await keep({ ...(await kept()), webhookEndpoint: other.id, webhookSecrets: [other.secret] });
    await run();
    const { webhookEndpoint, webhookSecrets } = await kept();
    expect(webhookSecrets).toEqual([expect.stringMatching(/^whsec_/), other.secret]);
    const ids = async () => (await stripe.webhookEndpoints.list()).data.map(({ id }) => id);
    expect(await ids()).toEqual([webhookEndpoint, other.id]);
    const again = await run();
    expect(again.filter(({ what }) => what.includes(other.id))).toMatchObject([{ outcome: 'unchanged' }]);
    expect(await ids()).toEqual([webhookEndpoint, other.id]);
  });

  it('has the endpoint deliver to the API’s new address', async () => {
    await run();
    const id = String((await kept())['webhookEndpoint']);
    await stripe.webhookEndpoints.update(id, { url: 'http://127.0.0.1:9/before' });
    expect(await run()).toContainEqual({ what: `webhook endpoint ${URL_OF_WEBHOOK}`, outcome: 'updated' });
    expect((await stripe.webhookEndpoints.list()).data).toMatchObject([{ id, url: URL_OF_WEBHOOK }]);
  });

  it('mends a secret that somebody spoilt', async () => {
    await run();
    await keep({ secretKey: 'sk_test_setup' });
    await run();
    const { webhookEndpoint } = await kept();
    expect((await stripe.webhookEndpoints.list()).data.map(({ id }) => id)).toEqual([webhookEndpoint]);
  });

  it('leaves what it did when Stripe fails, and goes on from there when it is run again', async () => {
    jest.spyOn(stripe.billingPortal.configurations, 'create').mockRejectedValueOnce(new Error('Stripe is down'));
    await expect(run()).rejects.toThrow('Stripe is down');
    const changes = await run();
    expect(changes).toContainEqual({ what: 'product starter', outcome: 'unchanged' });
    expect(changes).toContainEqual({ what: 'keys in the secret', outcome: 'created' });
  });
});
