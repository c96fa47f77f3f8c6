/** The simulator's time, in whole seconds since 1970 (UTC), as all of Stripe's times are. */
export interface Clock {
  now(): number;
}

export const systemClock = (): Clock => ({ now: () => Math.floor(Date.now() / 1000) });

/** A clock that runs ahead of the machine's by a number of seconds, which only grows: time does not go back. */
export interface MovableClock extends Clock {
  /** Whole seconds ahead, in memory that worker threads can share: whoever is to live in this time reads it there. */
  readonly shared: Int32Array;
  ahead(): number;
  /** Nothing happens when it is that far ahead already. @param seconds ahead of the machine's clock, less than 2^31 */
  putAhead(seconds: number): void;
  /** The machine's time, before anything is added. */
  machine(): number;
}

export function movableClock(machine: Clock): MovableClock {
  const shared = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const ahead = (): number => Atomics.load(shared, 0);
  return {
    shared,
    ahead,
    machine: () => machine.now(),
    now: () => machine.now() + ahead(),
    putAhead: (seconds) => {
      Atomics.store(shared, 0, Math.max(ahead(), seconds));
    },
  };
}
