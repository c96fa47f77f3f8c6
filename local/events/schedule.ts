/** Runs something after a while, in milliseconds; the answer calls it off. Tests give their own. */
export type Timer = (run: () => void, milliseconds: number) => () => void;

export const processTimer: Timer = (run, milliseconds) => {
  const timer = setTimeout(run, milliseconds).unref();
  return () => clearTimeout(timer);
};

const units: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** A timer holds at most about 24.8 days. */
const longestTimer = 2 ** 31 - 1;

/** Milliseconds of `rate(6 hours)`; undefined for any other expression. */
export function rateOf(expression: string): number | undefined {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const length = units[unit ?? ''];
  return length === undefined || Number(count) < 1 ? undefined : Number(count) * length;
}

/** Runs again and again, the first time after one whole period as EventBridge does. Returns what ends it. */
export function every(milliseconds: number, run: () => void, timer: Timer): () => void {
  let cancel: (() => void) | undefined;
  const wait = (left: number): void => {
    const step = Math.min(left, longestTimer);
    cancel = timer(() => {
      if (left > step) return wait(left - step);
      wait(milliseconds);
      run();
    }, step);
  };
  wait(milliseconds);
  return () => cancel?.();
}
