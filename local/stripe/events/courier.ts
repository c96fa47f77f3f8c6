import type Stripe from 'stripe';
import type { Clock } from '../core/clock.ts';
import type { Attempt, Delivery, State, StoredEvent } from '../core/state.ts';
import { postWebhook } from './post.ts';
import { signatureHeader } from './signature.ts';
import { eventView } from './view.ts';

/** Waits before each further attempt, in milliseconds: a sandbox's few retries over hours, with quick ones first for people who wait. */
const RETRY_AFTER = [1_000, 5_000, 30_000, 300_000, 3_600_000];

export interface CourierSettings {
  readonly state: State;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  readonly retryAfter?: readonly number[] | undefined;
}

const wants = (endpoint: Stripe.WebhookEndpoint, type: string): boolean =>
  endpoint.status === 'enabled' && (endpoint.enabled_events.includes('*') || endpoint.enabled_events.includes(type));

const accepted = ({ status }: Attempt): boolean => status !== null && status >= 200 && status < 300;

/** Brings events to the webhook endpoints that want them, and again with a fresh signature until they are taken. */
export function createCourier({ state, clock, log, retryAfter = RETRY_AFTER }: CourierSettings) {
  const stopped = new AbortController();
  const timers = new Set<NodeJS.Timeout>();

  function later(milliseconds: number, action: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      action();
    }, milliseconds);
    timer.unref();
    timers.add(timer);
  }

  function record(key: string, delivery: Delivery, attempt: Attempt): void {
    // An endpoint that was deleted meanwhile took its deliveries with it.
    if (!state.deliveries.has(key)) return;
    const attempts = [...delivery.attempts, attempt];
    const wait = retryAfter[delivery.attempts.length];
    const outcome = accepted(attempt) ? 'delivered' : wait === undefined ? 'failed' : 'pending';
    state.deliveries.set(key, { ...delivery, attempts, state: outcome });
    if (outcome === 'pending' && wait !== undefined) later(wait, () => attemptLater(key));
  }

  async function attempt(key: string): Promise<void> {
    const delivery = state.deliveries.get(key);
    const event = delivery && state.events.get(delivery.event);
    const endpoint = delivery && state.objects.webhookEndpoints.get(delivery.endpoint);
    const secret = endpoint && state.signingSecrets.get(endpoint.id);
    if (!delivery || !event || !endpoint || !secret) return;
    const at = clock.now();
    if (endpoint.status !== 'enabled') {
      state.deliveries.set(key, { ...delivery, state: 'failed' });
      return;
    }
    const payload = JSON.stringify(eventView(state, event), null, 2);
    const signature = signatureHeader(payload, secret, at);
    const result = await postWebhook({ url: endpoint.url, payload, signature, at, stopped: stopped.signal });
    if (stopped.signal.aborted) return;
    log(`webhook ${event.type} ${event.id} -> ${result.status ?? result.note}`);
    record(key, delivery, result);
  }

  function attemptLater(key: string): void {
    attempt(key).catch((error: unknown) => log(`webhook failed: ${String(error)}`));
  }

  return {
    /** Remembers who is to be told of an event, and begins to tell them, after the call that caused it has been answered. */
    dispatch(event: StoredEvent): void {
      for (const endpoint of state.objects.webhookEndpoints.values()) {
        if (!wants(endpoint, event.type)) continue;
        const key = `${event.id} ${endpoint.id}`;
        state.deliveries.set(key, { event: event.id, endpoint: endpoint.id, state: 'pending', attempts: [] });
        later(0, () => attemptLater(key));
      }
    },
    stop(): void {
      stopped.abort();
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
