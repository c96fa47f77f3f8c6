import type Stripe from 'stripe';
import { idOf } from '../../billing/subscription.ts';
import type { World } from './world.ts';

/** Somebody with a browser. */
export interface Customer {
  /** The user id. */
  readonly id: string;
  /** Open Checkout pages, newest last. */
  readonly tabs: string[];
  /** Ids of the sessions that were paid, newest last. */
  readonly paid: string[];
  /** How many checkouts are being asked for. */
  shopping: number;
  /** The user's Stripe customers for whom somebody made subscriptions that do not say whose they are. */
  readonly soldTo: Set<string>;
}

export const newCustomer = (id: string): Customer => ({ id, tabs: [], paid: [], shopping: 0, soldTo: new Set() });

export const sessionIdOf = (url: string): string => /cs_test_\w+/.exec(url)?.[0] ?? '';

const isOver = ({ status }: Stripe.Subscription): boolean => status === 'canceled' || status === 'incomplete_expired';

const isNamed = ({ metadata }: Stripe.Subscription): boolean => metadata['userId'] !== undefined;

/** All subscriptions of the user at Stripe, newest first. */
export async function subscriptionsOf({ stripe }: World, { id, soldTo }: Customer): Promise<Stripe.Subscription[]> {
  const { data } = await stripe.subscriptions.list({ status: 'all', limit: 100 });
  return data.filter((one) => (isNamed(one) ? one.metadata['userId'] === id : soldTo.has(idOf(one.customer))));
}

export async function liveOf(world: World, customer: Customer): Promise<Stripe.Subscription | undefined> {
  return (await subscriptionsOf(world, customer)).find((one) => !isOver(one));
}

/** Of those that our checkout sold. */
export const countLive = (subscriptions: readonly Stripe.Subscription[]): number =>
  subscriptions.filter((one) => isNamed(one) && !isOver(one)).length;
