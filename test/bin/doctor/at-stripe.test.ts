import { describe, expect, it } from '@jest/globals';
import { HANDLED_EVENTS } from '../../../billing/events.ts';
import { makeEndpoint } from '../../../bin/setup/webhook-endpoints.ts';
import { sim } from '../../local/stripe/sim.ts';
import { broken, finder, patients, warning } from './finds.ts';
import type { Patient } from './world.ts';

const patient = patients();
const finds = finder(patient);

const SETUP = /operator -- setup/;
const MEND = /setup, then .* reconcile/;
const ROTATE_KEYS = /rotate keys/;

describe('a doctor who looks at the webhook endpoint', () => {
  const update = (params: object) => (it: Patient) =>
    it.stripe.webhookEndpoints.update(it.keys.webhookEndpoint, params);
  const check = 'webhook endpoint';

  finds('a disabled one', update({ disabled: true }), broken(check, /it is disabled/, MEND));
  finds(
    'a deleted one',
    (it) => it.stripe.webhookEndpoints.del(it.keys.webhookEndpoint),
    broken(check, /has no we_/, MEND),
  );
  const fewer = update({ enabled_events: HANDLED_EVENTS.slice(1) });
  finds('one that misses events', fewer, broken(check, /does not ask for customer.subscription.created/, MEND));
  const more = update({ enabled_events: [...HANDLED_EVENTS, 'payout.paid'] });
  finds('one with others', more, warning(check, /payout.paid, which nobody handles/, SETUP));
  const elsewhere = update({ url: 'http://127.0.0.1:9/old' });
  finds('one with another address', elsewhere, broken(check, /delivers to http:\/\/127.0.0.1:9\/old/, MEND));
  finds('one of another API version', otherVersion, warning(check, /API version of the account/, SETUP));
  finds('one whose secret nobody knows', stray, warning(check, /nobody knows its secret/, /setup removes it/));
  const overdue = (it: Patient) => rotation(it, -2 * 86_400);
  finds('a rotation that can be ended', overdue, warning(check, /a rotation is under way/, /--finish/));
  finds(
    'an event that waits',
    undelivered,
    warning('deliveries', /^not delivered yet: 1 event, .* Stripe goes on trying/, /reconcile/),
  );

  it('tries an older webhook secret too, and takes a rotation for what it is', async () => {
    await rotation(patient(), 0);
    const found = await patient().examined();
    expect(found.filter((each) => each.check === 'round trip').map(({ status }) => status)).toEqual(['ok', 'ok', 'ok']);
    expect(found).toContainEqual(expect.objectContaining({ status: 'ok', says: expect.stringContaining('under way') }));
  });

  it('does not look for one where the Stripe CLI delivers', async () => {
    await patient().keep({ webhookEndpoint: '' });
    const found = await patient().examined();
    const checks = found.filter(({ says }) => says.includes('Stripe CLI')).map((each) => each.check);
    expect(checks).toEqual(['webhook endpoint', 'deliveries']);
  });
});

describe('a doctor who looks at what is sold', () => {
  const yearly = (params: object) => async (it: Patient) => {
    const { data } = await it.stripe.prices.list({ lookup_keys: ['pro_yearly'] });
    await it.stripe.prices.update(data[0]?.id ?? '', params);
  };
  const portal = (params: object) => (it: Patient) =>
    it.stripe.billingPortal.configurations.update(it.keys.portalConfiguration, params);

  finds('a missing price', yearly({ lookup_key: 'other' }), broken('prices', /lookup key pro_yearly/, SETUP));
  finds('an archived price', yearly({ active: false }), broken('prices', /is archived/, SETUP));
  finds(
    'another amount',
    otherAmount,
    broken('prices', /1 usd a year at Stripe, 29000 usd a year in plans.json/, SETUP),
  );
  const archived = (it: Patient) => it.stripe.products.update('pro', { active: false });
  finds('an archived product', archived, broken('products', /pro is archived/, SETUP));
  const renamed = (it: Patient) => it.stripe.products.update('pro', { name: 'Plus' });
  finds('a renamed product', renamed, warning('products', /not as in plans.json: name/, SETUP));
  finds('a portal that is off', portal({ active: false }), broken('billing portal', /switched off/, SETUP));
  const away = portal({ default_return_url: 'https://other.example' });
  finds('a portal that leads elsewhere', away, warning('billing portal', /return address/, SETUP));
});

describe('a doctor who looks at the keys', () => {
  const expired = (key: 'secretKey' | 'publishableKey') => (it: Patient) =>
    sim(it.simulator, 'POST /keys', { key: it.keys[key], expired: true });
  const check = 'publishable key';

  finds('an expired secret key', expired('secretKey'), broken('secret key', /Expired API Key/, ROTATE_KEYS));
  finds('a missing right', restricted, broken('rights', /lacks Subscriptions: write$/, /dashboard/));
  const live = (it: Patient) => it.keep({ publishableKey: 'pk_live_1' });
  finds('keys of two modes', live, broken(check, /none of test mode/, ROTATE_KEYS));
  finds('a publishable key that is gone', expired('publishableKey'), broken(check, /does not know it/, ROTATE_KEYS));
  const two = (it: Patient) => it.keep({ secretKey: `sk_test_${of('a')}`, publishableKey: `pk_test_${of('b')}` });
  finds('keys of two accounts', two, warning(check, /another account/, ROTATE_KEYS));
  const other = (it: Patient) => it.keep({ portalConfiguration: 'bpc_other' });
  finds('keys of another account', other, broken('billing portal', /keys of another/, ROTATE_KEYS));

  it('tries what a restricted key may do without changing anything', async () => {
    await patient().keep({ secretKey: 'rk_test_doctor' });
    const before = patient().simulator.snapshot();
    expect(await patient().examined()).toContainEqual(expect.objectContaining({ check: 'rights', status: 'ok' }));
    expect(patient().simulator.snapshot()).toBe(before);
  });
});

function of(account: string): string {
  return `51${account.padEnd(15, 'x')}${'y'.repeat(60)}`;
}

function stray({ stripe, address }: Patient) {
  return stripe.webhookEndpoints.create({ url: address.outputs.webhookUrl, enabled_events: ['*'] });
}

/** In the account's own version, as somebody makes one by hand. */
async function otherVersion(it: Patient): Promise<void> {
  await it.stripe.webhookEndpoints.del(it.keys.webhookEndpoint);
  const { id, secret = '' } = await it.stripe.webhookEndpoints.create({
    url: it.address.outputs.webhookUrl,
    enabled_events: [...HANDLED_EVENTS],
  });
  await it.keep({ webhookEndpoint: id, webhookSecrets: [secret] });
}

/** @param seconds when the new endpoint began to listen, from now */
async function rotation({ stripe, keys, keep, address }: Patient, seconds: number): Promise<void> {
  const { id, secret } = await makeEndpoint(stripe, address.outputs.webhookUrl, keys.webhookEndpoint);
  const listeningSince = String(Math.floor(Date.now() / 1000) + seconds);
  await stripe.webhookEndpoints.update(id, { enabled_events: [...HANDLED_EVENTS], metadata: { listeningSince } });
  await keep({ webhookEndpoint: id, webhookSecrets: [secret, ...keys.webhookSecrets] });
}

async function undelivered({ stripe, simulator }: Patient): Promise<void> {
  await sim(simulator, 'POST /delivery', { mode: 'hold' });
  const { id } = await stripe.customers.create();
  await stripe.customers.update(id, { name: 'Ada' });
}

async function otherAmount({ stripe }: Patient): Promise<void> {
  const made = { product: 'pro', unit_amount: 1, currency: 'usd', recurring: { interval: 'year' as const } };
  await stripe.prices.create({ ...made, lookup_key: 'pro_yearly', transfer_lookup_key: true });
}

async function restricted({ keep, simulator }: Patient): Promise<void> {
  await keep({ secretKey: 'rk_test_doctor' });
  await sim(simulator, 'POST /keys', { key: 'rk_test_doctor', without: ['/v1/subscriptions'] });
}
