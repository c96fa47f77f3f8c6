import { httpEvent } from '../../test/support/http-event.ts';
import { stripeEvent, stripeSubscription } from '../../test/support/subscription.ts';
import { median } from '../statistics.ts';
import { answering, shipped, type Route } from '../world/bundles.ts';
import type { Child } from '../world/child.ts';
import { bodyOfEvent, posted } from '../world/events.ts';
import { subscriptionIdOf, userOf } from './items.ts';

/** What one request took. */
export interface Took {
  readonly tableCalls: number;
  /** Of this machine's processor, in microseconds. */
  readonly cpu: number;
}

/** A request of one of so many subscribers. */
export type Ask = (n: number) => Promise<unknown>;

const WARM_UP = 600;
const ROUNDS = 400;

/** The two whose number grows with the business, by the bundles that are shipped. */
export async function asks(functions: string): Promise<Readonly<Record<'entitlement' | 'webhook', Ask>>> {
  const subscription = await shipped<Route>(functions, 'subscription');
  const webhook = await shipped<Route>(functions, 'webhook');
  let created = 1_800_000_000;
  return {
    entitlement: async (n) => answering(await subscription(httpEvent('GET', { user: userOf(n) })), '"allowed":true'),
    webhook: async (n) => {
      const object = stripeSubscription({ id: subscriptionIdOf(n), metadata: { userId: userOf(n) } });
      const event = stripeEvent('customer.subscription.updated', object, { created: (created += 1) });
      return answering(await webhook(posted(bodyOfEvent(event))), '"saved"');
    },
  };
}

/** The median of many, spread over all subscribers there are. */
export async function requested(ask: Ask, subscribers: number, table: Child<string>): Promise<Took> {
  const times: number[] = [];
  await table.ask('calls');
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const spent = process.cpuUsage();
    await ask(Math.floor((Math.abs(round) / WARM_UP) * subscribers) % subscribers);
    const { user, system } = process.cpuUsage(spent);
    if (round >= 0) times.push(user + system);
  }
  const tableCalls = (await table.ask<number>('calls')) / (WARM_UP + ROUNDS);
  return { tableCalls, cpu: median(times) };
}
