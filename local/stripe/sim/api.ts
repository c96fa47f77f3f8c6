import type { IncomingMessage } from 'node:http';
import { header, readBody, send } from '../wire/http.ts';
import type { Answerer } from '../wire/listener.ts';
import { type Body, SimError, type SimRoute } from './route.ts';

export const SIM_PREFIX = '/_sim/';
const GUIDE = 'docs/sim.md has the whole list.';

/** Not from a page elsewhere: neither in its name (Origin), nor in a form's content types, which a browser lets pass unasked. */
function checkSender(request: IncomingMessage): void {
  const origin = header(request, 'origin');
  if (origin !== undefined && origin !== `http://${request.headers.host}`) {
    throw new SimError(
      403,
      'This call comes from a page elsewhere.',
      'Call from the simulator’s own pages, or from a program.',
    );
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function bodyOf(request: IncomingMessage): Promise<Body> {
  if (request.method !== 'POST') return {};
  const text = await readBody(request);
  if (text === '') return {};
  if (!/^application\/json\b/i.test(header(request, 'content-type') ?? '')) {
    throw new SimError(415, 'The body is not said to be JSON.', 'Send it with Content-Type: application/json.');
  }
  const body = parse(text);
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body };
  throw new SimError(400, 'The body is no JSON object.', 'Send for example {"advance": 86400}.');
}

const segmentsOf = (path: string): string[] => path.split('/');

/** The path's `:id`, empty when it has none; null when the path is another. */
function idIn(pattern: string, path: string): string | null {
  const given = segmentsOf(path);
  const wanted = segmentsOf(pattern);
  const matches = wanted.length === given.length && wanted.every((one, at) => one === ':id' || one === given[at]);
  return matches ? (given[wanted.indexOf(':id')] ?? '') : null;
}

function findRoute(routes: readonly SimRoute[], method: string, path: string): { route: SimRoute; id: string } {
  const here = routes.flatMap((route) => {
    const id = idIn(route.path, path);
    return id === null ? [] : [{ route, id }];
  });
  const found = here.find(({ route }) => route.method === method);
  if (found !== undefined) return found;
  if (here.length === 0) throw new SimError(404, `There is no ${path}.`, GUIDE);
  const methods = here.map(({ route }) => route.method).join(', ');
  throw new SimError(405, `${path} takes ${methods}, not ${method}.`, GUIDE);
}

/** Answers under `/_sim/`: the simulator's clock, and trouble on demand. JSON in, JSON out. */
export function createSim(routes: readonly SimRoute[], log: (line: string) => void): Answerer {
  async function answer(request: IncomingMessage, url: URL): Promise<object> {
    checkSender(request);
    const { route, id } = findRoute(routes, request.method ?? 'GET', url.pathname);
    return route.answer({ id, body: await bodyOf(request), query: url.searchParams });
  }

  return async (request, response, url) => {
    const reply = (status: number, body: object): void => {
      log(`${request.method} ${url.pathname} ${status}`);
      send(response, status, { 'Content-Type': 'application/json' }, `${JSON.stringify(body, null, 2)}\n`);
    };
    try {
      reply(200, await answer(request, url));
    } catch (error) {
      if (!(error instanceof SimError)) throw error;
      reply(error.status, { error: { message: error.message, next: error.next } });
    }
  };
}
