import { answering } from '../world/bundles.ts';
import type { Case } from './cases.ts';
import type { Bought, Shop } from './shop.ts';

/** What Stripe tells. */
export const events = (shop: Shop): Case[] =>
  EVENTS.map(({ name, known, told }) => ({
    name: `POST /webhook, ${name}`,
    function: 'webhook',
    door: 'api',
    prepare: async () => {
      const user = shop.newcomer();
      const sale = known ? await shop.subscribed(user) : await shop.bought(user);
      const { type, object, created, outcome } = told(sale);
      return async () => answering(await shop.deliver(type, object, created), `"${outcome}"`);
    },
  }));

interface Told {
  readonly type: string;
  readonly object: object;
  /** Seconds since 1970. */
  readonly created: number;
  readonly outcome: string;
}

interface ToldCase {
  readonly name: string;
  /** Whether we know of the sale before. */
  readonly known: boolean;
  readonly told: (sale: Bought) => Told;
}

const MONTH = 30 * 86_400;

const ofSubscription = (happened: string, object: Bought['subscription'], later: number, outcome: string): Told => ({
  type: `customer.subscription.${happened}`,
  object,
  created: object.created + later,
  outcome,
});

const EVENTS: readonly ToldCase[] = [
  {
    name: 'customer.subscription.created',
    known: false,
    told: ({ subscription }) => ofSubscription('created', subscription, 0, 'saved'),
  },
  {
    name: 'checkout.session.completed',
    known: true,
    told: ({ session, subscription }) => ({
      type: 'checkout.session.completed',
      object: session,
      created: subscription.created,
      outcome: 'unchanged',
    }),
  },
  {
    name: 'a renewal',
    known: true,
    told: ({ subscription }) => ofSubscription('updated', subscription, MONTH, 'saved'),
  },
  {
    name: 'an older one, late',
    known: true,
    told: ({ subscription }) => ofSubscription('updated', subscription, -1, 'older'),
  },
  {
    name: 'customer.subscription.deleted',
    known: true,
    told: ({ subscription }) => {
      const ended = { ...subscription, status: 'canceled' as const, ended_at: subscription.created + MONTH };
      return ofSubscription('deleted', ended, MONTH, 'saved');
    },
  },
  {
    name: 'invoice.paid, which nobody waits for',
    known: true,
    told: ({ subscription: { customer, created } }) => ({
      type: 'invoice.paid',
      object: { id: 'in_1', object: 'invoice', customer },
      created,
      outcome: 'ignored',
    }),
  },
];
