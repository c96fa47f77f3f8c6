import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sim } from '../local/stripe/sim.ts';
import { asJson, openShop, type Shop } from './shop.ts';
import { bodyOf, httpEvent, SITE } from './world.ts';

const BACK = `${SITE}/?portal=returned`;

let shop: Shop;
beforeAll(async () => {
  for (const level of ['log', 'error'] as const) jest.spyOn(console, level).mockReturnValue(undefined);
  shop = await openShop();
});
afterAll(() => shop.stop());

const ask = (user: string, body?: unknown, headers: Record<string, string> = asJson) =>
  shop.route.portal(httpEvent('POST', { user, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }));

/** Where the portal was opened, without the address of the session. */
async function openedAt(user: string, flow?: string): Promise<string> {
  const result = await ask(user, flow === undefined ? undefined : { flow });
  expect(result.statusCode).toBe(200);
  return new URL(String(bodyOf(result)['url'])).pathname.split('/').slice(4).join('/');
}

async function subscriber(user: string): Promise<string> {
  const { subscription } = bodyOf(await shop.success(user, await shop.subscribe(user)));
  return String(Object.entries(subscription ?? {}).find(([name]) => name === 'id')?.[1]);
}

describe('the way to the portal', () => {
  it('leads to its home when nothing more is said', async () => {
    await subscriber('ada');
    expect(await openedAt('ada')).toBe('');
  });

  it.each([
    ['subscription_cancel', 'cancel'],
    ['subscription_update', 'plan'],
  ])('leads to %s of the subscription that decides about access', async (flow, page) => {
    const id = await subscriber(`user-${flow}`);
    expect(await openedAt(`user-${flow}`, flow)).toBe(`${id}/${page}`);
  });

  it('leads to another card, also for those who have no subscription any more', async () => {
    const id = await subscriber('bob');
    await shop.stripe.subscriptions.cancel(id);
    expect(await openedAt('bob', 'payment_method_update')).toBe('card');
  });

  it('leads back to our page when the flow is done', async () => {
    await subscriber('carol');
    const url = String(bodyOf(await ask('carol', { flow: 'subscription_cancel' }))['url']);
    const done = await fetch(url, { method: 'POST', redirect: 'manual', headers: { origin: new URL(url).origin } });
    expect(done.headers.get('location')).toBe(BACK);
  });

  it('leads home where the flow has nothing to do: never subscribed, ended, or cancelled already', async () => {
    await shop.checkout('dan', 'starter_monthly');
    expect(await openedAt('dan', 'subscription_cancel')).toBe('');
    const ending = await subscriber('eve');
    await shop.stripe.subscriptions.update(ending, { cancel_at_period_end: true });
    for (const event of await shop.eventsOf('eve')) await shop.deliver(event);
    expect(await openedAt('eve', 'subscription_cancel')).toBe('');
  });

  it('leads home when Stripe knows of an end that we have not heard of yet', async () => {
    await shop.stripe.subscriptions.cancel(await subscriber('frank'));
    expect(await openedAt('frank', 'subscription_update')).toBe('');
  });
});

describe('what is asked wrongly of the portal', () => {
  it.each([
    ['a flow that is none', { flow: 'subscription_delete' }, asJson, 400, 'invalid_request'],
    ['a flow that is no text', { flow: ['subscription_cancel'] }, asJson, 400, 'invalid_request'],
    ["a flow named like an object's own parts", { flow: '__proto__' }, asJson, 400, 'invalid_request'],
    ['a flow that is null', { flow: null }, asJson, 400, 'invalid_request'],
    ['a list', [], asJson, 400, 'invalid_request'],
    ['another content type', {}, { 'content-type': 'text/plain' }, 415, 'unsupported_media_type'],
  ] as const)('%s is refused', async (_, body, headers, status, code) => {
    await shop.checkout('mallory', 'starter_monthly');
    const result = await ask('mallory', body, headers);
    expect(result.statusCode).toBe(status);
    expect(bodyOf(result)).toMatchObject({ code });
  });

  it("a subscription, a customer or a way back of one's own choice is not taken", async () => {
    const victim = await subscriber('victim');
    const own = await subscriber('thief');
    const body = {
      flow: 'subscription_cancel',
      subscription: victim,
      customer: 'cus_victim',
      return_url: 'https://evil.example',
    };
    const url = String(bodyOf(await ask('thief', body))['url']);
    expect(url).toContain(`/${own}/cancel`);
    const page = await (await fetch(url)).text();
    expect(page).toContain(BACK);
    expect(page).not.toContain('evil.example');
  });

  it('is a matter of trying again when Stripe is down, not of another page', async () => {
    await subscriber('grace');
    await sim({ url: shop.simulator }, 'POST /faults', { path: '/v1/billing_portal/sessions', status: 500, times: 2 });
    const result = await ask('grace', { flow: 'subscription_cancel' });
    expect(result.statusCode).toBe(502);
    expect(bodyOf(result)).toMatchObject({ code: 'stripe_unavailable' });
  });
});
