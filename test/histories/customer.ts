import type Stripe from 'stripe';
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
}

export const newCustomer = (id: string): Customer => ({ id, tabs: [], paid: [], shopping: 0 });

export const sessionIdOf = (url: string): string => /cs_test_\w+/.exec(url)?.[0] ?? '';

const isOver = ({ status }: Stripe.Subscription): boolean => status === 'canceled' || status === 'incomplete_expired';

/** All subscriptions of the user at Stripe, newest first. */
export async function subscriptionsOf(world: World, user: string): Promise<Stripe.Subscription[]> {
  const { data } = await world.stripe.subscriptions.list({ status: 'all', limit: 100 });
  return data.filter(({ metadata }) => metadata['userId'] === user);
}

export async function liveOf(world: World, user: string): Promise<Stripe.Subscription | undefined> {
  return (await subscriptionsOf(world, user)).find((one) => !isOver(one));
}

export const countLive = (subscriptions: readonly Stripe.Subscription[]): number =>
  subscriptions.filter((one) => !isOver(one)).length;
