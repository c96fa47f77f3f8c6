import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { dayOf } from '../../billing/charge-run.ts';
import { chargeRuns } from '../../clients/records/charge-runs.ts';
import { advance } from '../local/stripe/sim.ts';
import { asJson, openShop, sessionIdOf, type Shop } from './shop.ts';
import { bodyOf, httpEvent, payWith } from './world.ts';

const PAYS = '4242424242424242';
const FAILS_LATER = '4000000000000341';
const ASKS_ALWAYS = '4000002760003184';
const TODAY = dayOf(Date.now() / 1000);

let shop: Shop;
let route: Awaited<ReturnType<typeof chargeRoutes>>;
beforeAll(async () => {
  for (const level of ['log', 'warn', 'error'] as const) jest.spyOn(console, level).mockReturnValue(undefined);
  shop = await openShop();
  route = await chargeRoutes();
});
afterAll(() => shop.stop());

const chargeRoutes = async () => ({
  charges: (await import('../../functions/charges.ts')).handler,
  pay: (await import('../../functions/pay-charge.ts')).handler,
  job: (await import('../../functions/charge-runs.ts')).handler,
});

/** Somebody who gave a card for later, and passed 3-D Secure where the bank asked for it. */
async function saveCard(user: string, card = PAYS): Promise<void> {
  const body = JSON.stringify({ mode: 'setup' });
  const url = String(bodyOf(await shop.route.checkout(httpEvent('POST', { user, body, headers: asJson })))['url']);
  const next = new URL((await payWith(url, card)).headers.get('location') ?? '', url);
  if (next.pathname.startsWith('/3ds/')) await passChallenge(next);
  expect(bodyOf(await shop.success(user, sessionIdOf(url)))).toMatchObject({ mode: 'setup', status: 'complete' });
}

const passChallenge = async (challenge: URL) =>
  fetch(challenge, {
    method: 'POST',
    body: new URLSearchParams({ result: 'passed' }),
    headers: { origin: challenge.origin },
    redirect: 'manual',
  });

const plan = (id: string, on = TODAY) =>
  chargeRuns(shop.table).add({ id, amount: 500, currency: 'usd', description: 'The fee', on });

async function chargesOf(user: string): Promise<Record<string, unknown>[]> {
  const { charges } = bodyOf(await route.charges(httpEvent('GET', { user })));
  return Array.isArray(charges) ? charges : [];
}
const chargeOf = async (user: string, run: string) => (await chargesOf(user)).find(({ id }) => id === run);
const pay = (user: string, id: string) => route.pay(httpEvent('POST', { user, parameters: { id } }));

/** What was taken from this user's customer, payment by payment, besides subscriptions. */
async function takenFrom(user: string): Promise<number[]> {
  const { data } = await shop.stripe.paymentIntents.list({ limit: 100 });
  const theirs = data.filter(({ metadata }) => metadata['userId'] === user && metadata['charge'] !== undefined);
  return theirs.map(({ amount_received: received }) => received).filter((received) => received > 0);
}

describe('a charge run', () => {
  it('charges everybody with a saved card once, however often the job runs', async () => {
    await Promise.all([saveCard('ada'), saveCard('bob')]);
    await shop.checkout('carol', 'starter_monthly'); // a customer without a card
    await plan('fee');
    await Promise.all([route.job(), route.job()]);
    await route.job();
    for (const user of ['ada', 'bob']) {
      expect(await takenFrom(user)).toEqual([500]);
      expect(await chargesOf(user)).toMatchObject([
        { id: 'fee', amount: 500, currency: 'usd', description: 'The fee', status: 'succeeded', payable: false },
      ]);
    }
    expect(await takenFrom('carol')).toEqual([]);
    expect(await chargesOf('carol')).toEqual([]);
    expect(await chargeRuns(shop.table).read('fee')).toMatchObject({
      status: 'finished',
      totals: { succeeded: 2, no_card: 1 },
    });
  });

  it('waits for its day', async () => {
    await plan('next-year', '2999-01-01');
    await route.job();
    expect(await chargeRuns(shop.table).read('next-year')).toMatchObject({ status: 'planned' });
  });

  it('that was withdrawn charges nobody', async () => {
    await saveCard('dave');
    await plan('mistake');
    expect(await chargeRuns(shop.table).withdraw('mistake')).toBe(true);
    await route.job();
    expect(await takenFrom('dave')).toEqual([]);
  });

  it('leaves a subscription and its invoices as they are, paid or declined', async () => {
    await shop.subscribe('erin');
    await advance({ url: shop.simulator }, 60);
    await saveCard('erin', FAILS_LATER);
    for (const event of await shop.eventsOf('erin')) await shop.deliver(event);
    const before = await shop.account('erin');
    await plan('extra');
    await route.job();
    expect(await chargeOf('erin', 'extra')).toMatchObject({ status: 'declined' });
    for (const event of await shop.eventsOf('erin')) await shop.deliver(event);
    expect(await shop.account('erin')).toEqual(before);
    await advance({ url: shop.simulator }, 32 * 86_400);
    const [subscription] = (await shop.stripe.subscriptions.list({ limit: 1 })).data;
    expect(subscription).toMatchObject({ metadata: { userId: 'erin' }, status: 'active' });
  });
});

describe('a charge that the card did not pay', () => {
  beforeAll(async () => {
    for (const user of ['frank', 'heidi', 'ivan', 'judy', 'kim']) await saveCard(user, FAILS_LATER);
    await saveCard('grace', ASKS_ALWAYS);
    await shop.checkout('lena', 'starter_monthly');
    await plan('dues');
    await route.job();
  });

  it.each([
    ['frank', { status: 'declined', declineCode: 'generic_decline' }],
    ['grace', { status: 'action_required', declineCode: 'authentication_required' }],
  ])('is recorded, and paid once by its customer (%s)', async (user, expected) => {
    expect(await chargeOf(user, 'dues')).toMatchObject({ ...expected, payable: true });
    const { url } = bodyOf(await pay(user, 'dues'));
    await payWith(String(url), PAYS);
    for (const event of await shop.eventsOf(user)) await shop.deliver(event);
    expect(await chargeOf(user, 'dues')).toMatchObject({ status: 'succeeded', payable: false });
    await route.job();
    expect(await takenFrom(user)).toEqual([500]);
    const refused = { status: 409, code: 'charge_settled', charge: 'succeeded' };
    expect(bodyOf(await pay(user, 'dues'))).toMatchObject(refused);
  });

  it('is paid in one place, however often and at once it is asked for', async () => {
    const urls = await Promise.all([1, 2, 3].map(async () => bodyOf(await pay('heidi', 'dues'))['url']));
    expect(new Set(urls).size).toBe(1);
    expect(bodyOf(await pay('heidi', 'dues'))['url']).toBe(urls[0]);
  });

  it('is known to be paid when the customer comes back, before any webhook', async () => {
    const url = String(bodyOf(await pay('ivan', 'dues'))['url']);
    const back = (await payWith(url, PAYS)).headers.get('location');
    expect(back).toBe(`https://site.example/pay?charge=dues&session_id=${sessionIdOf(url)}`);
    const answer = bodyOf(await shop.success('ivan', sessionIdOf(url)));
    expect(answer).toMatchObject({ mode: 'payment', paymentStatus: 'paid' });
    expect(await chargeOf('ivan', 'dues')).toMatchObject({ status: 'succeeded' });
  });

  it('can be paid anew when its checkout has run out', async () => {
    const first = bodyOf(await pay('judy', 'dues'))['url'];
    await advance({ url: shop.simulator }, 25 * 3600);
    const second = bodyOf(await pay('judy', 'dues'))['url'];
    expect(second).not.toBe(first);
    await payWith(String(second), PAYS);
    expect(bodyOf(await pay('judy', 'dues'))).toMatchObject({ code: 'charge_settled' });
    expect(await takenFrom('judy')).toEqual([500]);
  });

  it.each([
    ['mallory', 'dues'],
    ['kim', 'unknown'],
    ['kim', '../dues'],
    ['kim', ''],
  ])('is nobody else’s: the same answer as for one that never was (%s, "%s")', async (user, id) => {
    expect(bodyOf(await pay(user, id))).toMatchObject({ status: 404, code: 'charge_not_found' });
    expect(await chargesOf('mallory')).toEqual([]);
  });

  it('is not owed by those who had no card', async () => {
    expect(bodyOf(await pay('lena', 'dues'))).toMatchObject({ status: 404, code: 'charge_not_found' });
  });
});
