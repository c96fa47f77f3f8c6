/** The simulator's time, in whole seconds since 1970 (UTC), as all of Stripe's times are. */
export interface Clock {
  now(): number;
}

export const systemClock = (): Clock => ({ now: () => Math.floor(Date.now() / 1000) });
