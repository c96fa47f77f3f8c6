import type { MovableClock } from './clock.ts';

export interface AdvanceSettings {
  readonly clock: MovableClock;
  /** When the next thing falls due of itself or a webhook is tried again, in whole seconds; null for never. */
  readonly nextDue: () => number | null;
  /** Does all that has fallen due by this time. */
  readonly catchUp: (now: number) => void;
  /** Resolves once each webhook that is due has been tried. */
  readonly settle: () => Promise<void>;
  /** Told when the clock has been put forward: what waits has less to wait for. */
  readonly moved: () => void;
}

/**
 * Lets time pass at once instead of waiting for it. It stops at each moment at which something falls due, and goes on when
 * the webhooks of that moment have been tried: whoever hears of a change, and asks, does so at the time of the change.
 */
export function createAdvance({ clock, nextDue, catchUp, settle, moved }: AdvanceSettings) {
  let last: Promise<unknown> = Promise.resolve();

  async function step(ahead: number): Promise<void> {
    clock.putAhead(ahead);
    catchUp(clock.now());
    await settle();
  }

  async function run(seconds: number): Promise<void> {
    await settle();
    const target = clock.ahead() + seconds;
    // Meanwhile the machine's clock goes on; what falls due in that time comes in its turn.
    const within = (at: number | null): at is number => at !== null && at <= clock.machine() + target;
    for (let at = nextDue(); within(at); at = nextDue()) await step(at - clock.machine());
    await step(target);
    moved();
  }

  /** Advances asked for at the same time are done one after the other. @param seconds whole, not negative */
  return (seconds: number): Promise<void> => {
    const done = last.then(() => run(seconds));
    last = done.catch(() => undefined);
    return done;
  };
}
