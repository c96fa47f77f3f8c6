import { isStripeError } from './stripe-api.ts';

/** Makes a call when its turn has come. */
export type Pace = <T>(call: () => Promise<T>) => Promise<T>;

export interface PaceOptions {
  /** At most so many calls a second. Stripe allows 100 in live mode and 25 in a sandbox, for all that an account does. */
  readonly perSecond: number;
  /** Waits so many milliseconds. */
  readonly sleep?: (ms: number) => Promise<void>;
  /** Milliseconds, of any beginning. */
  readonly now?: () => number;
}

/** After so many refusals of one call the error is thrown: by then half a minute has passed. */
const PATIENCE = 5;
const FIRST_BACKOFF_MS = 1_000;

/** A bounded rate. When Stripe refuses a call all the same (429), everybody waits, longer each time, and it is made again. */
export function paced({ perSecond, sleep = wait, now = () => performance.now() }: PaceOptions): Pace {
  let nextAt = 0;
  const turn = async (): Promise<void> => {
    const at = Math.max(now(), nextAt);
    nextAt = at + 1000 / perSecond;
    const ms = at - now();
    if (ms > 0) await sleep(ms);
  };
  return async (call) => {
    for (let refusals = 0; ; refusals += 1) {
      await turn();
      try {
        return await call();
      } catch (error) {
        if (!isStripeError(error, 'StripeRateLimitError') || refusals === PATIENCE) throw error;
        nextAt = Math.max(nextAt, now() + FIRST_BACKOFF_MS * 2 ** refusals);
      }
    }
  };
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));
