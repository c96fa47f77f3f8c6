import { retryRoutes } from './cli/retry.ts';
import type { Engine } from './core/engine.ts';
import { NO_REQUEST } from './core/work.ts';
import { checkStill, namedInPath } from './life/test-clocks.ts';
import { createPages } from './pages/pages.ts';
import type { Parts } from './parts.ts';
import { lookup, routes } from './resources/all.ts';
import { createTrouble } from './sim/all.ts';
import { SIM_PREFIX } from './sim/api.ts';
import { createApi, type Exchange } from './wire/api.ts';
import type { Answerer } from './wire/listener.ts';

export interface AnsweringSettings {
  readonly parts: Parts;
  readonly engine: Engine;
  readonly onExchange?: ((exchange: Exchange) => void) | undefined;
}

function apiOf({ parts, engine, onExchange }: AnsweringSettings): Answerer {
  const { state, clock, courier, cli, faults, keys, log } = parts;
  return createApi({
    routes: [...routes, ...retryRoutes({ state, courier, cli })],
    begin: (cause, { method, ids }) => {
      if (method !== 'GET') checkStill(state, ids);
      return engine.begin(cause, ids);
    },
    lookup,
    keys,
    log,
    onExchange,
    now: () => clock.now(),
    troubleFor: faults.take,
  });
}

const pagesOf = ({ parts: { state, clock, courier, log }, engine }: AnsweringSettings): Answerer =>
  createPages({
    begin: (path) => engine.begin(NO_REQUEST, namedInPath(state, path)),
    desk: () => ({
      ahead: clock.ahead(),
      held: courier.isHeld() ? courier.waiting().map(([id]) => id) : null,
    }),
    log,
  });

/** Who answers what: Stripe's API, the simulator's own, and the pages for people. */
export function createAnswerer(settings: AnsweringSettings): Answerer {
  const { parts, engine } = settings;
  const api = apiOf(settings);
  const pages = pagesOf(settings);
  const sim = createTrouble({ ...parts, engine });
  const answererOf = (path: string): Answerer => {
    if (path.startsWith('/v1/')) return api;
    return path.startsWith(SIM_PREFIX) ? sim : pages;
  };
  return (request, response, url) =>
    answererOf(url.pathname)(request, response, url).finally(request.method === 'GET' ? parts.looked : parts.changed);
}
