import type Stripe from 'stripe';
import type { Clock } from '../core/clock.ts';
import type { Attempt, Delivery, State, StoredEvent } from '../core/state.ts';
import { createTimers } from '../core/timers.ts';
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
  const timers = createTimers();

  const keep = (delivery: Delivery): unknown => state.deliveries.get(delivery.event)?.set(delivery.endpoint, delivery);

  function record(delivery: Delivery, attempt: Attempt): void {
    const attempts = [...delivery.attempts, attempt];
    const wait = retryAfter[delivery.attempts.length];
    const outcome = accepted(attempt) ? 'delivered' : wait === undefined ? 'failed' : 'pending';
    keep({ ...delivery, attempts, state: outcome });
    if (outcome === 'pending' && wait !== undefined) timers.later(wait, () => tryLater(delivery));
  }

  async function tryOnce({ event: eventId, endpoint: endpointId }: Delivery): Promise<void> {
    const current = () => state.deliveries.get(eventId)?.get(endpointId);
    const event = state.events.get(eventId);
    const endpoint = state.objects.webhookEndpoints.get(endpointId);
    const secret = state.signingSecrets.get(endpointId);
    const delivery = current();
    if (!event || !endpoint || !secret || !delivery) return;
    if (endpoint.status !== 'enabled') {
      keep({ ...delivery, state: 'failed' });
      return;
    }
    const at = clock.now();
    const payload = JSON.stringify(eventView(state, event), null, 2);
    const signature = signatureHeader(payload, secret, at);
    const result = await postWebhook({ url: endpoint.url, payload, signature, at, stopped: stopped.signal });
    // An endpoint that was deleted meanwhile took its deliveries with it.
    if (stopped.signal.aborted || current() === undefined) return;
    log(`webhook ${event.type} ${event.id} -> ${result.status ?? result.note}`);
    record(delivery, result);
  }

  function tryLater(delivery: Delivery): void {
    tryOnce(delivery).catch((error: unknown) => log(`webhook failed: ${String(error)}`));
  }

  return {
    /** Remembers who is to be told of an event, and begins to tell them, after the call that caused it has been answered. */
    dispatch(event: StoredEvent): void {
      const listeners = [...state.objects.webhookEndpoints.values()].filter((endpoint) => wants(endpoint, event.type));
      state.deliveries.set(event.id, new Map());
      for (const endpoint of listeners) {
        const delivery: Delivery = { event: event.id, endpoint: endpoint.id, state: 'pending', attempts: [] };
        keep(delivery);
        timers.later(0, () => tryLater(delivery));
      }
    },
    stop(): void {
      stopped.abort();
      timers.stop();
    },
  };
}
