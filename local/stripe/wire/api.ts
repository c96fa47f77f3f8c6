import type { IncomingMessage, ServerResponse } from 'node:http';
import { newId } from '../core/ids.ts';
import { API_VERSION, type Cause, type Work } from '../core/work.ts';
import { StripeError } from './errors.ts';
import { expand, type Lookup } from './expand.ts';
import { parseForm } from './form.ts';
import { send } from './http.ts';
import type { KeyRing } from './key-ring.ts';
import { type Answer, createIdempotency } from './idempotency.ts';
import { type About, namesIn, readRequest, type Request } from './request.ts';
import { createRouter, type Route } from './router.ts';
import { breakHere, ConnectionReset, type Trouble, waitHere } from './trouble.ts';

/** One call as it went over the wire. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  /** The query of a GET or DELETE, the body of a POST; empty when the call was refused before it was read. */
  readonly form: string;
  readonly status: number;
  readonly body: string;
}

export interface ApiSettings {
  readonly routes: readonly Route[];
  readonly begin: (cause: Cause, about: About) => Work;
  readonly lookup: (work: Work) => Lookup;
  readonly keys: KeyRing;
  readonly log: (line: string) => void;
  readonly onExchange?: ((exchange: Exchange) => void) | undefined;
  /** Whole seconds. */
  readonly now: () => number;
  /** What is to go wrong with a call; asked once for each. */
  readonly troubleFor: (call: { readonly method: string; readonly path: string }) => Trouble | undefined;
}

interface Answered {
  readonly answer: Answer;
  readonly replayed: boolean;
}

function refusal(error: unknown, log: ApiSettings['log']): { status: number; body: string; keep: boolean } {
  if (!(error instanceof StripeError)) log(`internal error: ${error instanceof Error ? error.stack : String(error)}`);
  const { status, body } =
    error instanceof StripeError
      ? error
      : new StripeError(500, { type: 'api_error', message: 'The Stripe simulator failed: its log says why.' });
  return { status, body: JSON.stringify({ error: body }, null, 2), keep: body.type !== 'invalid_request_error' };
}

/** Answers the REST API under `/v1/`. */
export function createApi({ onExchange = () => {}, ...settings }: ApiSettings) {
  const { routes, begin, lookup, keys, log, now, troubleFor } = settings;
  const find = createRouter(routes);
  const once = createIdempotency();

  function run({ id, method, path, form, idempotencyKey }: Request): Answer {
    const found = find(method, path);
    if (found === null) {
      const message = `Unrecognized request URL (${method}: ${path}). The Stripe simulator has no such route.`;
      throw new StripeError(404, { type: 'invalid_request_error', message });
    }
    const parsed = parseForm(form);
    const prepared = found.route.prepare(parsed, found.id);
    const about = { method, ids: [found.id, ...namesIn(parsed)] };
    const work = begin({ id, idempotency_key: idempotencyKey ?? null }, about);
    const answer = expand(prepared.run(work), prepared.expand, lookup(work));
    return { status: 200, body: JSON.stringify(answer, null, 2), requestId: id, keep: true };
  }

  function runSafely(request: Request): Answer {
    try {
      return run(request);
    } catch (error) {
      return { ...refusal(error, log), requestId: request.id };
    }
  }

  /** A call that waits is under way: its idempotency key is in use, and its answer is kept in the end. */
  async function answerOnce(request: Request, trouble: Trouble | undefined): Promise<Answered> {
    const runSlowly = async (): Promise<Answer> => {
      await waitHere(trouble, 'before');
      const answer = runSafely(request);
      await waitHere(trouble, 'after');
      return answer;
    };
    const key = request.idempotencyKey;
    if (key === undefined) return { answer: await runSlowly(), replayed: false };
    const fingerprint = `${request.method} ${request.path} ${request.form}`;
    return once({ key, fingerprint, now: now() }, runSlowly);
  }

  async function answerOf(request: Request): Promise<Answered> {
    const trouble = troubleFor(request);
    breakHere(trouble, 'before');
    const answered = await answerOnce(request, trouble);
    breakHere(trouble, 'after');
    return answered;
  }

  /** `Date` is read last: what was answered was true no later than it says. */
  const headersOf = (id: string) => ({
    'Content-Type': 'application/json',
    'Request-Id': id,
    'Stripe-Version': API_VERSION,
    Date: new Date(now() * 1000).toUTCString(),
  });

  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const id = newId('req', 14);
    try {
      const read = await readRequest(request, url, id, keys);
      const { answer, replayed } = await answerOf(read);
      const replay: Record<string, string> = replayed
        ? { 'Idempotent-Replayed': 'true', 'Original-Request': answer.requestId }
        : {};
      const key: Record<string, string> = read.idempotencyKey ? { 'Idempotency-Key': read.idempotencyKey } : {};
      log(`${read.method} ${read.path} ${answer.status}`);
      onExchange({ method: read.method, path: read.path, form: read.form, status: answer.status, body: answer.body });
      send(response, answer.status, { ...headersOf(id), ...key, ...replay }, answer.body);
    } catch (error) {
      if (error instanceof ConnectionReset) {
        log(`${request.method} ${url.pathname} reset`);
        response.socket?.resetAndDestroy();
        return;
      }
      const { status, body } = refusal(error, log);
      log(`${request.method} ${url.pathname} ${status}`);
      onExchange({ method: request.method ?? '', path: url.pathname, form: '', status, body });
      send(response, status, headersOf(id), body);
    }
  };
}
