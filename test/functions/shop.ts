import { expect } from '@jest/globals';
import type Stripe from 'stripe';
import { HANDLED_EVENTS } from '../../billing/events.ts';
import { bodyOf, httpEvent, payWith, startWorld, WEBHOOK_SECRET } from './world.ts';

export const asJson = { 'content-type': 'application/json' };
export const sessionIdOf = (url: string) => /cs_test_\w+/.exec(url)?.[0] ?? '';

/** The world with everything set up, every route open, and what customers do in it. */
export async function openShop() {
  const world = await startWorld();
  await world.configure();
  const route = {
    config: (await import('../../functions/config.ts')).handler,
    checkout: (await import('../../functions/checkout.ts')).handler,
    session: (await import('../../functions/checkout-session.ts')).handler,
    subscription: (await import('../../functions/subscription.ts')).handler,
    portal: (await import('../../functions/portal.ts')).handler,
    members: (await import('../../functions/members.ts')).handler,
    webhook: (await import('../../functions/webhook.ts')).handler,
  };

  async function checkout(user: string, plan: string): Promise<string> {
    const result = await route.checkout(httpEvent('POST', { user, body: JSON.stringify({ plan }), headers: asJson }));
    expect(result.statusCode).toBe(200);
    return String(bodyOf(result)['url']);
  }

  return {
    ...world,
    route,
    checkout,
    account: async (user: string) => bodyOf(await route.subscription(httpEvent('GET', { user }))),
    success: (user: string, sessionId: string) => route.session(httpEvent('GET', { user, parameters: { sessionId } })),

    async subscribe(user: string, plan = 'starter_monthly'): Promise<string> {
      const url = await checkout(user, plan);
      await payWith(url, '4242424242424242');
      return sessionIdOf(url);
    },

    deliver(event: Stripe.Event, secret = WEBHOOK_SECRET) {
      const body = JSON.stringify(event);
      const signature = world.stripe.webhooks.generateTestHeaderString({ payload: body, secret });
      return route.webhook(httpEvent('POST', { body, headers: { 'stripe-signature': signature } }));
    },

    /** A subscription made by hand at Stripe, which does not say whose it is. @returns the event that tells of it */
    async soldInTheDashboard(metadata: Stripe.MetadataParam): Promise<Stripe.Event> {
      const { stripe } = world;
      const { id: customer } = await stripe.customers.create({ metadata });
      const { id: card } = await stripe.paymentMethods.attach('pm_card_visa', { customer });
      const { data: prices } = await stripe.prices.list({ lookup_keys: ['starter_monthly'] });
      const items = [{ price: prices[0]?.id ?? '' }];
      const { id } = await stripe.subscriptions.create({ customer, items, default_payment_method: card });
      const { data } = await stripe.events.list({ limit: 100, type: 'customer.subscription.created' });
      const event = data.find(({ data: { object } }) => 'id' in object && object.id === id);
      if (!event) throw new Error(`No event tells of ${id}.`);
      return event;
    },

    async eventsOf(user: string): Promise<Stripe.Event[]> {
      const { data } = await world.stripe.events.list({ limit: 100, types: [...HANDLED_EVENTS] });
      return data.filter((event) => JSON.stringify(event).includes(`"userId":"${user}"`));
    },
  };
}

export type Shop = Awaited<ReturnType<typeof openShop>>;
