import type { FunctionName } from '../../lib/routes.ts';
import { httpEvent } from '../../test/support/http-event.ts';
import { answering, type Route } from '../world/bundles.ts';
import type { Use } from './dollars.ts';
import type { Bought, Shop } from './shop.ts';

/** Something that happens in the business. */
export interface Case {
  readonly name: string;
  /** Whose memory it runs in. */
  readonly function: FunctionName;
  readonly door: Use['door'];
  /** How often it is tried. @default 15 */
  readonly rounds?: number;
  /** What is there before it; then it happens, and answers as it should. */
  readonly prepare: () => Promise<() => Promise<unknown>>;
}

/** What visitors and subscribers ask, each time somebody else. */
export async function requests(shop: Shop): Promise<Case[]> {
  const { routes } = shop;
  const ofSubscriber = async (
    name: 'subscription' | 'members' | 'portal' | 'invoices',
    method: string,
    expected: string,
  ) => {
    const route: Route = await shop.route(name);
    return async () => {
      const { user } = await shop.subscribed(shop.newcomer());
      return async () => answering(await route(httpEvent(method, { user })), expected);
    };
  };
  const config = await shop.route('config');
  const site = { door: 'site' } as const;
  return [
    {
      ...site,
      name: 'GET /api/config',
      function: 'config',
      prepare: async () => async () => answering(await config(httpEvent('GET', {})), 'pro_monthly'),
    },
    {
      ...site,
      name: 'POST /api/checkout, the first of a user',
      function: 'checkout',
      prepare: async () => {
        const event = shop.checkout(shop.newcomer());
        return async () => answering(await routes.checkout(event), 'url');
      },
    },
    {
      ...site,
      name: 'POST /api/checkout, the same again',
      function: 'checkout',
      prepare: async () => {
        const event = shop.checkout(shop.newcomer());
        await routes.checkout(event);
        return async () => answering(await routes.checkout(event), 'url');
      },
    },
    {
      ...site,
      name: 'GET /api/checkout/{sessionId}, before the webhook',
      function: 'checkout-session',
      prepare: async () => {
        const { user, session } = await shop.bought(shop.newcomer());
        const event = httpEvent('GET', { user, parameters: { sessionId: session.id } });
        return async () => answering(await routes.session(event), '"allowed":true');
      },
    },
    {
      ...site,
      name: 'GET /api/subscription',
      function: 'subscription',
      prepare: await ofSubscriber('subscription', 'GET', '"allowed":true'),
    },
    {
      ...site,
      name: 'GET /api/members',
      function: 'members',
      prepare: await ofSubscriber('members', 'GET', 'articles'),
    },
    { ...site, name: 'POST /api/portal', function: 'portal', prepare: await ofSubscriber('portal', 'POST', 'url') },
    {
      ...site,
      name: 'GET /api/invoices',
      function: 'invoices',
      prepare: await ofSubscriber('invoices', 'GET', 'paid'),
    },
  ];
}

/** What Stripe tells. */
export function events(shop: Shop): Case[] {
  const event = (name: string, buy: 'bought' | 'subscribed', told: Told): Case => ({
    name: `POST /webhook, ${name}`,
    function: 'webhook',
    door: 'api',
    prepare: async () => {
      const sale = await shop[buy](shop.newcomer());
      const [type, object, created, outcome] = told(sale);
      return async () => answering(await shop.deliver(type, object, created), `"${outcome}"`);
    },
  });
  return [
    event('customer.subscription.created', 'bought', ({ subscription }) => [
      'customer.subscription.created',
      subscription,
      subscription.created,
      'saved',
    ]),
    event('checkout.session.completed', 'subscribed', ({ session, subscription }) => [
      'checkout.session.completed',
      session,
      subscription.created,
      'unchanged',
    ]),
    event('a renewal', 'subscribed', ({ subscription }) => [
      'customer.subscription.updated',
      subscription,
      subscription.created + MONTH,
      'saved',
    ]),
    event('the same renewal again, later', 'subscribed', ({ subscription }) => [
      'customer.subscription.updated',
      subscription,
      subscription.created - 1,
      'older',
    ]),
    event('customer.subscription.deleted', 'subscribed', ({ subscription }) => [
      'customer.subscription.deleted',
      { ...subscription, status: 'canceled', ended_at: subscription.created + MONTH },
      subscription.created + MONTH,
      'saved',
    ]),
    event('invoice.paid, which nobody waits for', 'subscribed', ({ subscription }) => [
      'invoice.paid',
      { id: 'in_1', object: 'invoice', customer: subscription.customer },
      subscription.created,
      'ignored',
    ]),
  ];
}

const MONTH = 30 * 86_400;

type Told = (sale: Bought) => [type: string, object: unknown, created: number, outcome: string];
