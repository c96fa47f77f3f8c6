import { StripeError, type StripeErrorBody } from './errors.ts';

/** What is to go wrong with one call: an error instead of the answer, no answer at all, or a late one. */
export interface Trouble {
  /** `before`: nothing was done yet. `after`: the change is committed, and only its answer suffers. */
  readonly when: 'before' | 'after';
  readonly what: { readonly status: number } | { readonly reset: true } | { readonly delayMs: number };
}

/** The connection is to be cut without an answer. */
export class ConnectionReset extends Error {}

const MESSAGE = 'This error was asked for at /_sim/faults.';

/** As Stripe words an error of this status. */
function errorOf(status: number): StripeErrorBody {
  if (status >= 500) return { type: 'api_error', message: MESSAGE };
  if (status === 402) return { type: 'card_error', code: 'card_declined', message: MESSAGE };
  if (status === 409) return { type: 'invalid_request_error', code: 'lock_timeout', message: MESSAGE };
  if (status === 429) return { type: 'invalid_request_error', code: 'rate_limit', message: MESSAGE };
  return { type: 'invalid_request_error', message: MESSAGE };
}

/** @throws StripeError or ConnectionReset, when that is the trouble at this moment */
export function breakHere(trouble: Trouble | undefined, moment: Trouble['when']): void {
  if (trouble?.when !== moment) return;
  if ('reset' in trouble.what) throw new ConnectionReset('reset');
  if ('status' in trouble.what) throw new StripeError(trouble.what.status, errorOf(trouble.what.status));
}

/** Waits, when that is the trouble at this moment. */
export async function waitHere(trouble: Trouble | undefined, moment: Trouble['when']): Promise<void> {
  if (trouble?.when !== moment || !('delayMs' in trouble.what)) return;
  const { delayMs } = trouble.what;
  await new Promise<void>((resolve) => {
    setTimeout(resolve, delayMs).unref();
  });
}
