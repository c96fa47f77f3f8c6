import type Stripe from 'stripe';
import { HANDLED_EVENTS, taskOf } from '../../billing/events.ts';
import type { Pace } from '../pace.ts';

/** Stripe's clock and ours may differ by less than this, in seconds. */
const SLACK = 3600;

export interface Undelivered {
  /** The handled events that Stripe could not deliver, or has not yet, newest first. @param since seconds since 1970 */
  events(since: number): AsyncIterable<Stripe.Event>;
  /** Whether one of them is about this subscription. One that happened a moment ago is looked for. */
  isAbout(subscriptionId: string): Promise<boolean>;
}

/** @param startedAt when this part of the run began, in seconds since 1970 */
export function undeliveredEvents(stripe: Stripe, pace: Pace, apiVersion: string, startedAt: number): Undelivered {
  const mentioned = new Set<string>();

  async function* events(since: number): AsyncGenerator<Stripe.Event> {
    const wanted = { delivery_success: false, types: [...HANDLED_EVENTS], created: { gte: since }, limit: 100 };
    let after: string | undefined;
    do {
      const from = after === undefined ? {} : { starting_after: after };
      const page = await pace(() => stripe.events.list({ ...wanted, ...from }));
      for (const event of page.data) {
        const task = taskOf(event, apiVersion);
        if (task.kind === 'apply') mentioned.add(task.subscription.id);
        if (task.kind === 'refetch') mentioned.add(task.subscriptionId);
        yield event;
      }
      after = page.has_more ? page.data.at(-1)?.id : undefined;
    } while (after !== undefined);
  }

  return {
    events,
    async isAbout(subscriptionId) {
      if (mentioned.has(subscriptionId)) return true;
      for await (const _ of events(startedAt - SLACK)) if (mentioned.has(subscriptionId)) return true;
      return false;
    },
  };
}
