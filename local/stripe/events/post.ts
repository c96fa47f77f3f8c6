import type { Attempt } from '../core/state.ts';

/** Stripe waits about this long for an answer. Milliseconds. */
const TIMEOUT = 15_000;
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

export interface Post {
  readonly url: string;
  readonly payload: string;
  readonly signature: string;
  /** Whole seconds. */
  readonly at: number;
  /** Ends the attempt when the simulator stops. */
  readonly stopped: AbortSignal;
}

/** As much of an answer's body as is kept. Characters. */
const KEPT = 200;

/** How an answer begins; the rest of it is not waited for. A body that breaks off changes nothing: the status has been heard. */
async function beginningOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length >= KEPT) break;
    }
  } catch {
    // What came before it broke off is kept.
  }
  return text.slice(0, KEPT);
}

/** Sends one webhook. Only to this machine: the simulator's events are nobody else's business. Redirects are failures, as with Stripe. */
export async function postWebhook({ url, payload, signature, at, stopped }: Post): Promise<Attempt> {
  if (!LOOPBACK.has(new URL(url).hostname)) {
    return { at, status: null, note: 'not sent: the simulator posts to this machine only' };
  }
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        'User-Agent': 'Stripe/1.0 (simulator)',
        'Stripe-Signature': signature,
      },
      body: payload,
      signal: AbortSignal.any([stopped, AbortSignal.timeout(TIMEOUT)]),
    });
    const answer = await beginningOf(response);
    return { at, status: response.status, note: response.statusText, answer };
  } catch (error) {
    return { at, status: null, note: error instanceof Error ? `no answer: ${error.message}` : 'no answer' };
  }
}
