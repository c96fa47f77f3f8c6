import type { IncomingMessage } from 'node:http';
import { inTodaysWords } from '../cli/older-words.ts';
import { API_VERSION } from '../core/work.ts';
import { checkKey } from './auth.ts';
import { invalidRequest } from './errors.ts';
import type { Form } from './form.ts';
import { header, readBody } from './http.ts';
import type { KeyRing } from './key-ring.ts';

/** What a call is about, before it is known what it does. */
export interface About {
  readonly method: string;
  /** The ids in its path and in those parameters that name an object. */
  readonly ids: readonly string[];
}

/** One call as it was sent, once its key and version are found to be right. */
export interface Request {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** The form: the query of a GET or DELETE, the body of a POST. */
  readonly form: string;
  readonly idempotencyKey: string | undefined;
}

function checkVersion(version: string | undefined): void {
  if (version === undefined || version === API_VERSION) return;
  const message = `Invalid Stripe API version: ${version.slice(0, 60)}. The simulator speaks ${API_VERSION} only.`;
  throw invalidRequest(message);
}

const NAMES = ['customer', 'subscription', 'invoice', 'payment_intent', 'charge', 'payment_method', 'test_clock'];

/** The ids in the parameters that name an object. */
export const namesIn = (form: Form): string[] =>
  NAMES.flatMap((name) => {
    const value = form.get(name);
    return typeof value === 'string' ? [value] : [];
  });

/** @throws StripeError when the key, the version or the size is wrong */
export async function readRequest(request: IncomingMessage, url: URL, id: string, keys: KeyRing): Promise<Request> {
  const method = request.method ?? 'GET';
  checkKey(header(request, 'authorization'), { method, path: url.pathname }, keys);
  checkVersion(header(request, 'stripe-version'));
  const sent = method === 'POST' ? await readBody(request) : url.search.slice(1);
  const form = inTodaysWords(sent, header(request, 'user-agent'));
  const key = method === 'POST' ? header(request, 'idempotency-key') : undefined;
  if (key !== undefined && key.length > 255) throw invalidRequest('Idempotency keys may have 255 characters.');
  return { id, method, path: url.pathname, form, idempotencyKey: key };
}
