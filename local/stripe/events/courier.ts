import type Stripe from 'stripe';
import type { Clock } from '../core/clock.ts';
import type { Attempt, Delivery, State, StoredEvent } from '../core/state.ts';
import { deliveryId, findDelivery, pendingDeliveries } from './deliveries.ts';
import { postWebhook } from './post.ts';
import { createQueue } from './queue.ts';
import { signatureHeader } from './signature.ts';
import { eventView } from './view.ts';

const HOUR = 3_600_000;
/** Waits before each further attempt, in milliseconds: nearly three days of them as in live mode, with quick ones first for people who wait. */
const RETRY_AFTER = [1_000, 5_000, 30_000, 300_000, HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR, 24 * HOUR];

export interface CourierSettings {
  readonly state: State;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  readonly retryAfter?: readonly number[] | undefined;
  /** Told when it is known what became of an attempt. */
  readonly onChange?: () => void;
}

export type Courier = ReturnType<typeof createCourier>;

const wants = (endpoint: Stripe.WebhookEndpoint, type: string): boolean =>
  endpoint.status === 'enabled' && (endpoint.enabled_events.includes('*') || endpoint.enabled_events.includes(type));

const accepted = ({ status }: Attempt): boolean => status !== null && status >= 200 && status < 300;

/**
 * Brings events to the webhook endpoints that want them, and again with a fresh signature until they are taken. While it
 * is held, it brings only what it is asked for.
 */
export function createCourier({ state, clock, log, retryAfter = RETRY_AFTER, onChange = () => {} }: CourierSettings) {
  const stopped = new AbortController();
  const underWay = new Set<Promise<void>>();
  const queue = createQueue({ now: () => clock.now(), onDue: (id) => void attempt(id, false) });

  const keep = (delivery: Delivery): unknown => state.deliveries.get(delivery.event)?.set(delivery.endpoint, delivery);

  /** What an attempt changes. One by hand counts for itself: a retry that waits goes on waiting. */
  function record(delivery: Delivery, attempt: Attempt): void {
    const attempts = [...delivery.attempts, attempt];
    const wait = retryAfter[attempts.filter(({ byHand }) => !byHand).length - 1];
    if (accepted(attempt)) {
      queue.remove(deliveryId(delivery));
      keep({ ...delivery, attempts, state: 'delivered' });
    } else if (delivery.state !== 'pending' || attempt.byHand) keep({ ...delivery, attempts });
    else {
      keep({ ...delivery, attempts, state: wait === undefined ? 'failed' : 'pending' });
      if (wait !== undefined) queue.put(deliveryId(delivery), wait);
    }
  }

  async function send(id: string, byHand: boolean): Promise<void> {
    const delivery = findDelivery(state, id);
    const event = state.events.get(delivery?.event ?? '');
    const endpoint = state.objects.webhookEndpoints.get(delivery?.endpoint ?? '');
    const secret = state.signingSecrets.get(delivery?.endpoint ?? '');
    if (!event || !endpoint || !secret || !delivery) return;
    if (endpoint.status !== 'enabled' && !byHand) {
      keep({ ...delivery, state: 'failed' });
      return;
    }
    const at = clock.now();
    const payload = JSON.stringify(eventView(state, event), null, 2);
    const signature = signatureHeader(payload, secret, at);
    const result = await postWebhook({ url: endpoint.url, payload, signature, at, stopped: stopped.signal });
    // An endpoint that was deleted meanwhile took its deliveries with it; one sent twice at once may be there already.
    const current = findDelivery(state, id);
    if (stopped.signal.aborted || current === undefined) return;
    log(`webhook ${event.type} ${event.id} -> ${result.status ?? result.note}`);
    record(current, byHand ? { ...result, byHand } : result);
    onChange();
  }

  /** Never rejects. */
  function attempt(id: string, byHand: boolean): Promise<void> {
    const trying = send(id, byHand)
      .catch((error: unknown) => log(`webhook failed: ${String(error)}`))
      .finally(() => underWay.delete(trying));
    underWay.add(trying);
    return trying;
  }

  return {
    /** Remembers who is to be told of an event, and begins to tell them, after the call that caused it has been answered. */
    dispatch(event: StoredEvent): void {
      const listeners = [...state.objects.webhookEndpoints.values()].filter((endpoint) => wants(endpoint, event.type));
      state.deliveries.set(event.id, new Map());
      for (const endpoint of listeners) {
        const delivery: Delivery = { event: event.id, endpoint: endpoint.id, state: 'pending', attempts: [] };
        keep(delivery);
        queue.put(deliveryId(delivery), 0);
      }
    },
    /** After a restart: what was not taken before is tried now. */
    resume(): void {
      for (const delivery of pendingDeliveries(state)) queue.put(deliveryId(delivery), 0);
    },
    /** Tries what is due, and waits for what is under way, until there is neither. */
    async settle(): Promise<void> {
      do {
        for (const id of queue.takeDue()) void attempt(id, false);
        await Promise.all(underWay);
      } while (underWay.size > 0 || queue.hasDue());
    },
    /** Brings one now, whatever became of it before, held or not. @returns once it was answered */
    deliver: (id: string): Promise<void> => attempt(id, true),
    /** When the next is tried of itself, in whole seconds; null when none will be. */
    nextAttempt: queue.next,
    /** What waits: to be tried first or again, or to be let go. */
    waiting: queue.waiting,
    isHeld: queue.isHeld,
    hold: queue.hold,
    /** To be called when the clock was put forward. */
    rearm: queue.rearm,
    stop(): void {
      stopped.abort();
      queue.stop();
    },
  };
}
