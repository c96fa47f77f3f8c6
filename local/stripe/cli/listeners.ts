import type { Server } from 'node:http';
import type { Clock } from '../core/clock.ts';
import type { State, StoredEvent } from '../core/state.ts';
import { API_VERSION } from '../core/work.ts';
import { signatureHeader } from '../events/signature.ts';
import { deliveryId, findCliDelivery } from '../events/deliveries.ts';
import { eventView } from '../events/view.ts';
import { createRecord } from './deliveries.ts';
import { createListener, type Listener } from './listener.ts';
import { type Answer, type Message, webhookMessage } from './messages.ts';
import { cliSecret } from './sessions.ts';
import { createSockets } from './sockets.ts';

export interface CliSettings {
  readonly state: State;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

export type CliListeners = ReturnType<typeof createCliListeners>;

/**
 * Brings events to whoever runs the official CLI's `listen` against the simulator. Stripe sends all of them, and the CLI
 * chooses. Each is sent until it is acknowledged; what the application then answers is recorded, and not tried again.
 */
export function createCliListeners({ state, clock, log }: CliSettings) {
  const record = createRecord(state, () => clock.now());
  const listeners = new Map<string, Listener>();
  /** What is kept back, in the order in which it came. Null while nothing is to be. */
  let held: Set<string> | null = null;
  let stopped = false;

  function answered(message: Message, answer: Answer): void {
    record.answered(message, answer);
    if (answer.type === 'webhook_response') log(`stripe cli ${message.event} -> ${answer.status}`);
  }

  function forget(id: string): void {
    listeners.get(id)?.stop();
    listeners.delete(id);
    state.cliSessions.delete(id);
  }

  function listenerOf(id: string): Listener {
    const listener = listeners.get(id) ?? createListener({ answered, gone: () => forget(id) });
    listeners.set(id, listener);
    return listener;
  }

  function sendNow(id: string, event: StoredEvent): void {
    held?.delete(deliveryId({ event: event.id, endpoint: id }));
    const payload = JSON.stringify(eventView(state, event), null, 2);
    const signature = signatureHeader(payload, cliSecret(state), clock.now());
    const webhook = { event: event.id, session: id, payload, signature };
    record.sent(webhook);
    for (const version of [null, API_VERSION]) listenerOf(id).send(webhookMessage(webhook, version));
  }

  function sendOrKeep(id: string, event: StoredEvent): void {
    if (held === null) return sendNow(id, event);
    record.sent({ event: event.id, session: id });
    held.add(deliveryId({ event: event.id, endpoint: id }));
  }

  function sendAll(event: StoredEvent, send: (id: string, event: StoredEvent) => void): void {
    if (stopped) return;
    for (const id of listeners.keys()) if (!state.cliSessions.has(id)) forget(id);
    for (const id of state.cliSessions.keys()) send(id, event);
  }

  /** Sends one again or for the first time. @returns false when there is no such delivery, or nobody listens there any more */
  function deliver(delivery: string): boolean {
    const { event: eventId, endpoint: session } = findCliDelivery(state, delivery) ?? {};
    const event = state.events.get(eventId ?? '');
    if (event === undefined || session === undefined || !state.cliSessions.has(session)) return false;
    sendNow(session, event);
    return true;
  }

  function hold(yes: boolean): void {
    const kept = [...(held ?? [])];
    held = yes ? (held ?? new Set()) : null;
    if (!yes) for (const delivery of kept) deliver(delivery);
  }

  const sockets = createSockets({
    isKnown: (id) => state.cliSessions.has(id),
    connected(id, socket) {
      log(`stripe cli ${id} listens`);
      socket.on('close', () => log(`stripe cli ${id} hung up`));
      listenerOf(id).connect(socket);
    },
  });

  return {
    attachTo: (server: Server): unknown => server.on('upgrade', sockets.upgrade),
    /** Sends an event to all that listen, after the call that caused it has been answered. */
    dispatch: (event: StoredEvent): unknown => setImmediate(sendAll, event, sendOrKeep),
    /** Sends one event to all that listen, held or not: somebody asked. */
    resend: (event: StoredEvent): void => sendAll(event, sendNow),
    deliver,
    /** Keeps back what happens from now on, or lets all go in its order. */
    hold,
    /** The deliveries that are kept back, by event and session. */
    held: (): string[] => [...(held ?? [])],
    stop(): void {
      stopped = true;
      for (const listener of listeners.values()) listener.stop();
    },
  };
}
