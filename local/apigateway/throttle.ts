/** Requests a second in the steady state, and how many at once. */
export interface ThrottleSettings {
  rate: number;
  burst: number;
}

/** A token bucket: `burst` tokens, filled again at `rate` a second. True takes one; false is API Gateway's 429. */
export function tokenBucket({ rate, burst }: ThrottleSettings, now: () => number = Date.now): () => boolean {
  let tokens = burst;
  let filled = now();
  return () => {
    const time = now();
    tokens = Math.min(burst, tokens + ((time - filled) / 1000) * rate);
    filled = time;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
