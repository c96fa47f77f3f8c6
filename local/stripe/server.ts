import type Stripe from 'stripe';
import { createCliListeners } from './cli/listeners.ts';
import { retryRoutes } from './cli/retry.ts';
import { type Clock, movableClock, systemClock } from './core/clock.ts';
import { createEngine } from './core/engine.ts';
import { checkSnapshot, restoreSnapshot, writeSnapshot } from './core/snapshot.ts';
import { emptyState, type StoredEvent } from './core/state.ts';
import { type Cause, NO_REQUEST, type Work } from './core/work.ts';
import { createCourier } from './events/courier.ts';
import { eventView } from './events/view.ts';
import { createPages } from './pages/pages.ts';
import { lookup, routes as resourceRoutes } from './resources/all.ts';
import { createTrouble } from './sim/all.ts';
import { SIM_PREFIX } from './sim/api.ts';
import { createFaults } from './sim/faults.ts';
import { createApi, type Exchange } from './wire/api.ts';
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
  const { log = () => {}, port: wantedPort = 0, retryAfter, onChange = () => {} } = options;
  // Before anything listens: a start that fails leaves nothing behind.
  if (options.snapshot !== undefined) checkSnapshot(options.snapshot);
  let version = 0;
  const changed = (): void => {
    version += 1;
    onChange();
  };
  const clock = movableClock(options.clock ?? systemClock());
  const state = emptyState();
  const courier = createCourier({ state, clock, log, retryAfter, onChange: changed });
  const cli = createCliListeners({ state, clock, log });
  const routes = [...resourceRoutes, ...retryRoutes({ state, courier, cli })];
  const answererOf = (path: string): Answerer => {
    if (path.startsWith('/v1/')) return api;
    return path.startsWith(SIM_PREFIX) ? sim : pages;
  };
  // What a look at something brings about, because it fell due, is told by its events.
  const answer: Answerer = (request, response, target) =>
    answererOf(target.pathname)(request, response, target).finally(request.method === 'GET' ? onChange : changed);
  const faults = createFaults();
  const onEvent = (event: StoredEvent): void => {
    courier.dispatch(event);
    changed();
    cli.dispatch(event);
    options.onEvent?.(eventView(state, event));
  };
  const server = serverFor(answer, log);
  cli.attachTo(server);
  const url = `http://127.0.0.1:${await listen(server, wantedPort)}`;
  if (options.snapshot !== undefined) {
    clock.putAhead(restoreSnapshot(options.snapshot, state, url));
    courier.resume();
  }
  const engine = createEngine({ state, clock, url, onEvent, log });
  const { onExchange } = options;
  const begin = (cause: Cause): Work => engine.begin(cause);
  const now = (): number => clock.now();
  const api = createApi({ routes, begin, lookup, log, onExchange, now, troubleFor: faults.take });
  const pages = createPages({
    begin: () => engine.begin(NO_REQUEST),
    desk: () => ({
      ahead: clock.ahead(),
      held: courier.isHeld() ? courier.waiting().map(([id]) => id) : null,
    }),
    log,
  });

  const sim = createTrouble({ state, clock, engine, courier, faults, log, version: () => version });

  return {
    url,
    clockAhead: clock.shared,
    snapshot: () => writeSnapshot({ ahead: clock.ahead(), url, state }),
    stop: () => {
      engine.stop();
      courier.stop();
      cli.stop();
      return close(server);
    },
  };
}
