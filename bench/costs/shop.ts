import type Stripe from 'stripe';
import { idOf } from '../../billing/subscription.ts';
import { connectStripe } from '../../clients/stripe.ts';
import type { HttpEvent } from '../../functions/shared/http.ts';
import type { JobContext } from '../../functions/shared/job.ts';
import { httpEvent } from '../../test/support/http-event.ts';
import { stripeEvent } from '../../test/support/subscription.ts';
import { shipped, type Route } from '../world/bundles.ts';
import { bodyOfEvent, posted } from '../world/events.ts';
import { STRIPE_KEYS, type Outside } from '../world/outside.ts';

type Job = (event: unknown, context?: JobContext) => Promise<unknown>;

/** The business in this process, and what people and Stripe do with it. */
export async function openShop(functions: string, outside: Outside) {
  const routes = {
    checkout: await shipped<Route>(functions, 'checkout'),
    session: await shipped<Route>(functions, 'checkout-session'),
    webhook: await shipped<Route>(functions, 'webhook'),
  };
  const stripe = connectStripe(STRIPE_KEYS.secretKey, outside.stripe);
  let people = 0;

  /** Through the checkout and paid; nobody has told us of it yet. */
  async function bought(user: string): Promise<Bought> {
    const { url } = JSON.parse((await routes.checkout(checkout(user))).body ?? '');
    const form = new URLSearchParams({ number: '4242424242424242', expiration: '12/34', cvc: '123', name: 'A Person' });
    await fetch(url, { method: 'POST', body: form, headers: { origin: new URL(url).origin }, redirect: 'manual' });
    const sessionId = /cs_test_\w+/.exec(url)?.[0] ?? '';
    const session = await stripe.checkout.sessions.retrieve(sessionId);
    const subscription = await stripe.subscriptions.retrieve(idOf(session.subscription ?? ''));
    return { user, session, subscription };
  }

  const deliver = (type: string, object: unknown, created: number) =>
    routes.webhook(posted(bodyOfEvent(stripeEvent(type, object, { created }))));

  return {
    routes,
    stripe,
    newcomer: () => `user-${(people += 1)}`,
    checkout,
    bought,
    deliver,
    /** Bought, and the record written as the event would. */
    async subscribed(user: string): Promise<Bought> {
      const sale = await bought(user);
      await deliver('customer.subscription.created', sale.subscription, sale.subscription.created);
      return sale;
    },
    /** A trial that Stripe has and we know, without a checkout. */
    async known(user: string): Promise<void> {
      const metadata = { userId: user };
      const { id: customer } = await stripe.customers.create({ email: `${user}@example.com`, metadata });
      const { data } = await stripe.prices.list({ lookup_keys: ['pro_monthly'] });
      const items = [{ price: data[0]?.id ?? '' }];
      const made = await stripe.subscriptions.create({ customer, items, metadata, trial_period_days: 14 });
      await deliver('customer.subscription.created', made, made.created);
    },
    job: (name: 'reconcile' | 'access-changes') => shipped<Job>(functions, name),
    route: (name: 'config' | 'subscription' | 'members' | 'portal' | 'invoices') => shipped<Route>(functions, name),
  };
}

function checkout(user: string): HttpEvent {
  const headers = { authorization: `Bearer ${user}`, 'content-type': 'application/json' };
  return httpEvent('POST', { user, body: JSON.stringify({ plan: 'pro_monthly' }), headers });
}

export type Shop = Awaited<ReturnType<typeof openShop>>;

export interface Bought {
  readonly user: string;
  readonly session: Stripe.Checkout.Session;
  readonly subscription: Stripe.Subscription;
}
