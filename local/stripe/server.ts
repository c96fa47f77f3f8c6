import type Stripe from 'stripe';
import { createAnswerer } from './answering.ts';
import type { Clock } from './core/clock.ts';
import { createEngine } from './core/engine.ts';
import { checkSnapshot, restoreSnapshot, writeSnapshot } from './core/snapshot.ts';
import type { StoredEvent } from './core/state.ts';
import { createTestTime } from './core/test-time.ts';
import { createParts } from './parts.ts';
import type { Exchange } from './wire/api.ts';
import { type Answerer, close, listen, serverFor } from './wire/listener.ts';

export interface StripeSimulatorOptions {
  /** A free port unless given. */
  readonly port?: number;
  /** Told one line for each request and each webhook; never a key, a secret or a card number. */
  readonly log?: (line: string) => void;
  /** Waits before a webhook is tried again, in milliseconds; after the last one it has failed. */
  readonly retryAfter?: readonly number[];
  /** The machine's time unless given. */
  readonly clock?: Clock;
  /** What `snapshot()` said in an earlier life. @default - nothing is in it */
  readonly snapshot?: string | undefined;
  /** Told whenever something may have changed that a snapshot would tell. */
  readonly onChange?: () => void;
  /** Told each call of the API and each event as they go over the wire, for tests that hold them against Stripe's own types. */
  readonly onExchange?: (exchange: Exchange) => void;
  readonly onEvent?: (event: Stripe.EventBase) => void;
}

export interface StripeSimulator {
  /** Without a trailing slash: the base of the API (`<url>/v1/...`), of the pages, and of its own API (`<url>/_sim/...`). */
  readonly url: string;
  /** By how many whole seconds its clock is ahead of the machine's, in memory that worker threads can share. */
  readonly clockAhead: Int32Array;
  /** All that it knows, as one line of JSON: objects, events, deliveries, signing secrets, and how far ahead its clock is. */
  snapshot(): string;
  stop(): Promise<void>;
}

/** Starts a simulator of Stripe on 127.0.0.1. @throws Error when the snapshot is another version's */
export async function startStripeSimulator(options: StripeSimulatorOptions = {}): Promise<StripeSimulator> {
  const { log = () => {}, port = 0, snapshot, onExchange } = options;
  // Before anything listens: a start that fails leaves nothing behind.
  if (snapshot !== undefined) checkSnapshot(snapshot);
  const parts = createParts({ ...options, log });
  const { state, clock, courier, cli } = parts;
  const answer: Answerer = (request, response, target) => answerer(request, response, target);
  const server = serverFor(answer, log);
  cli.attachTo(server);
  const url = `http://127.0.0.1:${await listen(server, port)}`;
  if (snapshot !== undefined) clock.putAhead(restoreSnapshot(snapshot, state, url));
  const onEvent = (event: StoredEvent): void => {
    parts.tell(event);
    testTime.hear(event);
  };
  const engine = createEngine({ state, clock, url, onEvent, log });
  const testTime = createTestTime({ state, engine, settle: () => courier.settle(), log });
  const answerer = createAnswerer({ parts, engine, onExchange });
  courier.resume();
  testTime.resume();
  return {
    url,
    clockAhead: clock.shared,
    snapshot: () => writeSnapshot({ ahead: clock.ahead(), url, state }),
    stop: () => {
      for (const part of [engine, testTime, courier, cli]) part.stop();
      return close(server);
    },
  };
}
