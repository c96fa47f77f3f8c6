import type { FunctionName } from '../../lib/routes.ts';
import { httpEvent } from '../../test/support/http-event.ts';
import { answering, type Route } from '../world/bundles.ts';
import type { Use } from './dollars.ts';
import type { Shop } from './shop.ts';

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
export const requests = async (shop: Shop): Promise<Case[]> => [
  await config(shop),
  ...checkouts(shop),
  await ofSubscriber(shop, 'GET', 'subscription', '"allowed":true'),
  await ofSubscriber(shop, 'GET', 'members', 'articles'),
  await ofSubscriber(shop, 'POST', 'portal', 'url'),
  await ofSubscriber(shop, 'GET', 'invoices', 'paid'),
];

async function config(shop: Shop): Promise<Case> {
  const route: Route = await shop.route('config');
  const prepare = async () => async () => answering(await route(httpEvent('GET', {})), 'pro_monthly');
  return { name: 'GET /api/config', function: 'config', door: 'site', prepare };
}

async function ofSubscriber(
  shop: Shop,
  method: string,
  name: 'subscription' | 'members' | 'portal' | 'invoices',
  expected: string,
): Promise<Case> {
  const route: Route = await shop.route(name);
  const prepare = async () => {
    const { user } = await shop.subscribed(shop.newcomer());
    return async () => answering(await route(httpEvent(method, { user })), expected);
  };
  return { name: `${method} /api/${name}`, function: name, door: 'site', prepare };
}

const nothing: Route = async () => ({});

function checkouts({ routes, ...shop }: Shop): Case[] {
  const checkout = (which: string, before: Route): Case => ({
    name: `POST /api/checkout, ${which}`,
    function: 'checkout',
    door: 'site',
    prepare: async () => {
      const event = shop.checkout(shop.newcomer());
      await before(event);
      return async () => answering(await routes.checkout(event), 'url');
    },
  });
  const success: Case = {
    name: 'GET /api/checkout/{sessionId}, before the webhook',
    function: 'checkout-session',
    door: 'site',
    prepare: async () => {
      const { user, session } = await shop.bought(shop.newcomer());
      const event = httpEvent('GET', { user, parameters: { sessionId: session.id } });
      return async () => answering(await routes.session(event), '"allowed":true');
    },
  };
  return [checkout('the first of a user', nothing), checkout('the same again', routes.checkout), success];
}
