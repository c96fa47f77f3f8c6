import { StripeError } from './errors.ts';

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly requestId: string;
  /** False for what was refused before it began: such an answer is not kept, so that a corrected call may use the key again. */
  readonly keep: boolean;
}

interface Remembered {
  readonly fingerprint: string;
  readonly expires: number;
  readonly answer: Answer | null;
}

/** Stripe keeps keys for at least a day. */
const LIFETIME = 24 * 60 * 60;
const MAX_KEYS = 10_000;

const mismatch = (key: string): StripeError =>
  new StripeError(400, {
    type: 'idempotency_error',
    message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
  });

const inUse = (key: string): StripeError =>
  new StripeError(409, {
    type: 'idempotency_error',
    code: 'idempotency_key_in_use',
    message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
  });

function forget(known: Map<string, Remembered>, now: number): void {
  for (const [key, entry] of known) if (entry.expires <= now) known.delete(key);
  const [oldest] = known.keys();
  if (known.size > MAX_KEYS && oldest !== undefined) known.delete(oldest);
}

/** Runs a call once a key: a repetition is answered with the first answer, other parameters or a call still running are refused. */
export function createIdempotency() {
  const known = new Map<string, Remembered>();

  /** @param now whole seconds @returns the answer, and whether it is a replay */
  return async (
    { key, fingerprint, now }: { key: string; fingerprint: string; now: number },
    run: () => Promise<Answer>,
  ): Promise<{ answer: Answer; replayed: boolean }> => {
    forget(known, now);
    const earlier = known.get(key);
    if (earlier && earlier.fingerprint !== fingerprint) throw mismatch(key);
    if (earlier?.answer) return { answer: earlier.answer, replayed: true };
    if (earlier) throw inUse(key);
    known.set(key, { fingerprint, expires: now + LIFETIME, answer: null });
    try {
      const answer = await run();
      if (answer.keep) known.set(key, { fingerprint, expires: now + LIFETIME, answer });
      return { answer, replayed: false };
    } finally {
      if (known.get(key)?.answer === null) known.delete(key);
    }
  };
}
