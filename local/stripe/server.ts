import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Clock, systemClock } from './core/clock.ts';
import { emptyState } from './core/state.ts';
import { beginWork, type Cause, NO_REQUEST, type Work } from './core/work.ts';
import { createCourier } from './events/courier.ts';
import { runDue } from './life/due.ts';
import { createPages } from './pages/pages.ts';
import { lookup, routes } from './resources/all.ts';
import { createApi } from './wire/api.ts';
import { StripeError } from './wire/errors.ts';
import { send } from './wire/http.ts';

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

const listen = (server: ReturnType<typeof createServer>, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('no port'));
      else resolve(address.port);
    });
  });

/** True for a request addressed to this server by its own name: a page elsewhere that points a name of its own here is refused. */
const isOwnHost = (host: string | undefined, port: number): boolean =>
  host === `127.0.0.1:${port}` || host === `localhost:${port}`;

const plain = (response: ServerResponse, status: number, text: string): void =>
  send(response, status, { 'Content-Type': 'text/plain' }, `${text}\n`);

const stackOf = (error: unknown): string => (error instanceof Error && error.stack) || String(error);

/** Starts a simulator of Stripe on 127.0.0.1, with nothing in it. */
export async function startStripeSimulator(options: StripeSimulatorOptions = {}): Promise<StripeSimulator> {
  const { log = () => {}, port: wantedPort = 0, retryAfter, clock = systemClock() } = options;
  const state = emptyState();
  const courier = createCourier({ state, clock, log, retryAfter });
  const server = createServer();
  const port = await listen(server, wantedPort);
  const url = `http://127.0.0.1:${port}`;

  const workAt = (now: number, cause: Cause): Work =>
    beginWork({ state, url, now, cause, onEvent: (event) => courier.dispatch(event) });
  const catchUp = (now: number): void => runDue(state, now, (at) => workAt(at, NO_REQUEST));
  /** All that fell due before is done before. */
  function begin(cause: Cause): Work {
    const now = clock.now();
    catchUp(now);
    return workAt(now, cause);
  }

  const answerApi = createApi({ routes, begin, lookup, log, now: () => clock.now() });
  const answerPage = createPages({ begin: () => begin(NO_REQUEST), log });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isOwnHost(request.headers.host, port)) return plain(response, 421, 'This server has another address.');
    if (!URL.canParse(request.url ?? '/', url)) return plain(response, 400, 'This is no address.');
    const target = new URL(request.url ?? '/', url);
    if (target.pathname.startsWith('/v1/')) await answerApi(request, response, target);
    else await answerPage(request, response, target);
  }

  server.on('request', (request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!(error instanceof StripeError)) log(`request failed: ${stackOf(error)}`);
      if (response.headersSent) response.destroy();
      else plain(response, error instanceof StripeError ? error.status : 500, 'The request failed.');
    });
  });
  const timer = setInterval(() => {
    try {
      catchUp(clock.now());
    } catch (error) {
      log(`due work failed: ${stackOf(error)}`);
    }
  }, 1_000).unref();

  return {
    url,
    stop: () =>
      new Promise((resolve) => {
        clearInterval(timer);
        courier.stop();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
