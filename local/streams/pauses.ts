import type { Timer } from '../events/schedule.ts';

/** Waiting that ends at once when everything ends. */
export interface Pauses {
  /** Resolves after so many milliseconds, or as soon as it is stopped. */
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly stopped: () => boolean;
  readonly stop: () => void;
}

export function pauses(timer: Timer): Pauses {
  const waiting = new Set<() => void>();
  let stopped = false;
  return {
    wait: async (milliseconds) => {
      if (stopped) return;
      await new Promise<void>((resolve) => {
        const cancel = timer(resolve, milliseconds);
        waiting.add(() => {
          cancel();
          resolve();
        });
      });
      waiting.clear();
    },
    stopped: () => stopped,
    stop: () => {
      stopped = true;
      for (const end of waiting) end();
    },
  };
}
