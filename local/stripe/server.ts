import { type Clock, systemClock } from './core/clock.ts';
import { createEngine } from './core/engine.ts';
import { emptyState } from './core/state.ts';
import { NO_REQUEST } from './core/work.ts';
import { createCourier } from './events/courier.ts';
import { createPages } from './pages/pages.ts';
import { lookup, routes } from './resources/all.ts';
import { createApi } from './wire/api.ts';
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
}

export interface StripeSimulator {
  /** Without a trailing slash: the base of the API (`<url>/v1/...`) and of the pages. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a simulator of Stripe on 127.0.0.1, with nothing in it. */
export async function startStripeSimulator(options: StripeSimulatorOptions = {}): Promise<StripeSimulator> {
  const { log = () => {}, port: wantedPort = 0, retryAfter, clock = systemClock() } = options;
  const state = emptyState();
  const courier = createCourier({ state, clock, log, retryAfter });
  const answer: Answerer = (request, response, target) =>
    target.pathname.startsWith('/v1/') ? api(request, response, target) : pages(request, response, target);
  const server = serverFor(answer, log);
  const url = `http://127.0.0.1:${await listen(server, wantedPort)}`;
  const engine = createEngine({ state, clock, url, onEvent: (event) => courier.dispatch(event), log });
  const api = createApi({ routes, begin: (cause) => engine.begin(cause), lookup, log, now: () => clock.now() });
  const pages = createPages({ begin: () => engine.begin(NO_REQUEST), log });

  return {
    url,
    stop: () => {
      engine.stop();
      courier.stop();
      return close(server);
    },
  };
}
