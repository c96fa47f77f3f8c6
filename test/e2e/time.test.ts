import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Local } from '../../bin/local/start.ts';
import { connectStripe } from '../../clients/stripe.ts';
import { payWith } from '../functions/world.ts';
import { advance, sim } from '../local/stripe/sim.ts';
import { PATIENCE, startForTest } from './local-cloud.ts';
import { ask, signIn, type Person } from './person.ts';

const HOUR = 60 * 60;
const DAY = 24 * HOUR;
const MINUTE = 60_000;

let local: Local;

beforeAll(async () => {
  local = await startForTest();
}, PATIENCE);
afterAll(() => local?.stop());

const later = async (seconds: number) => {
  const answer = await advance({ url: local.endpoints.stripe }, seconds);
  expect(answer.status).toBe(200);
  return answer.body.now as number;
};

async function subscriber(name: string, plan: string): Promise<Person> {
  const person = await signIn(local, `${name}@example.com`);
  const { json } = await person.post('/api/checkout', { plan });
  await payWith(String(json['url']), '4242424242424242');
  const session = /cs_test_\w+/.exec(String(json['url']))?.[0];
  expect(await person.get(`/api/checkout/${session}`)).toMatchObject({ status: 200, json: { status: 'complete' } });
  return person;
}

async function account(person: Person) {
  const { json } = await person.get('/api/subscription');
  const subscription = json['subscription'] as { id: string; status: string; currentPeriodEnd: number };
  return { access: json['access'], subscription };
}

const stripe = () => connectStripe('sk_test_operator', local.endpoints.stripe);

it(
  'a month later the subscription has renewed, and who was signed in still is',
  async () => {
    const ada = await subscriber('ada', 'starter_monthly');
    const { subscription: before } = await account(ada);
    const now = await later(31 * DAY);
    const { access, subscription: after } = await account(ada);
    expect(before.currentPeriodEnd).toBeLessThan(now);
    expect(after.currentPeriodEnd).toBeGreaterThan(now);
    expect(access).toMatchObject({ allowed: true, reason: 'active' });
    expect((await ada.get('/api/members')).status).toBe(200);
  },
  MINUTE,
);

it(
  'a trial ends in its time',
  async () => {
    const eve = await subscriber('eve', 'pro_monthly');
    expect(await account(eve)).toMatchObject({ access: { reason: 'trialing' }, subscription: { status: 'trialing' } });
    await later(15 * DAY);
    expect(await account(eve)).toMatchObject({ access: { reason: 'active' }, subscription: { status: 'active' } });
  },
  MINUTE,
);

it(
  'a cancelled subscription gives access to its end, and not a second longer, webhook or no webhook',
  async () => {
    const mia = await subscriber('mia', 'starter_monthly');
    const { subscription } = await account(mia);
    await stripe().subscriptions.update(subscription.id, { cancel_at: subscription.currentPeriodEnd });
    await later(1);
    expect((await account(mia)).access).toMatchObject({ allowed: true, reason: 'canceling' });

    await sim({ url: local.endpoints.stripe }, 'POST /delivery', { mode: 'hold' });
    await later(32 * DAY);
    expect(await account(mia)).toMatchObject({ access: { allowed: false }, subscription: { status: 'active' } });
    expect((await mia.get('/api/members')).status).toBe(403);

    await sim({ url: local.endpoints.stripe }, 'POST /delivery', { mode: 'normal' });
    expect(await account(mia)).toMatchObject({ access: { allowed: false }, subscription: { status: 'canceled' } });
  },
  MINUTE,
);

it(
  'a renewal that fails gives the grace days, then nothing until it is paid',
  async () => {
    const simulator = { url: local.endpoints.stripe };
    const noa = await subscriber('noa', 'starter_monthly');
    await sim(simulator, 'POST /settings', { retryAfterDays: [12], declineNextCharges: 1000 });
    await later(31 * DAY + 2 * HOUR);
    expect(await account(noa)).toMatchObject({
      access: { allowed: true, reason: 'past_due_grace' },
      subscription: { status: 'past_due' },
    });
    await later(7 * DAY);
    expect((await account(noa)).access).toMatchObject({ allowed: false, reason: 'past_due' });
    expect((await noa.get('/api/members')).status).toBe(403);

    await sim(simulator, 'POST /settings', { declineNextCharges: 0 });
    await later(6 * DAY);
    expect((await account(noa)).access).toMatchObject({ allowed: true, reason: 'active' });
  },
  MINUTE,
);

it('webhooks are taken however far ahead the clock is', async () => {
  await later(1);
  const { data } = await stripe().events.list({ delivery_success: false, limit: 100 });
  expect(data).toEqual([]);
  expect(await ask(`${local.endpoints.site}/api/config`)).toMatchObject({ status: 200 });
});
