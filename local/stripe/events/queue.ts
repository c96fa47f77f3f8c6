export interface QueueSettings {
  /** Whole seconds of the simulator's clock. */
  readonly now: () => number;
  /** Called when an entry's time has come; the entry has left the queue then. */
  readonly onDue: (key: string) => void;
}

interface Entry {
  /** Seconds, not whole. */
  readonly at: number;
  readonly timer: NodeJS.Timeout | undefined;
}

/**
 * What waits for its time, on a clock that may be put forward: as long as nobody does, the machine's own timers see to it.
 * While it is held, nothing falls due of itself.
 */
export function createQueue({ now, onDue }: QueueSettings) {
  const entries = new Map<string, Entry>();
  let held = false;

  function remove(key: string): boolean {
    clearTimeout(entries.get(key)?.timer);
    return entries.delete(key);
  }

  function timer(key: string, milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => remove(key) && onDue(key), milliseconds).unref();
  }

  /** After the clock was put forward, or the queue was held or let go: each waits for what is left of its time. */
  function rearm(): void {
    for (const [key, entry] of entries) {
      clearTimeout(entry.timer);
      const left = Math.max(0, (entry.at - now()) * 1000);
      entries.set(key, { ...entry, timer: held ? undefined : timer(key, left) });
    }
  }

  const due = (): string[] => (held ? [] : [...entries].filter(([, { at }]) => at <= now()).map(([key]) => key));

  return {
    put: (key: string, milliseconds: number): void => {
      remove(key);
      const at = now() + milliseconds / 1000;
      entries.set(key, { at, timer: held ? undefined : timer(key, milliseconds) });
    },
    remove,
    /** In the order in which they came, with the time of each in whole seconds. */
    waiting: (): [key: string, at: number][] => [...entries].map(([key, { at }]) => [key, Math.ceil(at)]),
    /** When the next falls due, in whole seconds; null when none will. */
    next: (): number | null => {
      if (held || entries.size === 0) return null;
      return Math.ceil(Math.min(...[...entries.values()].map(({ at }) => at)));
    },
    hasDue: (): boolean => due().length > 0,
    /** Takes out all whose time has come, in the order in which they came. */
    takeDue: (): string[] => due().filter(remove),
    isHeld: (): boolean => held,
    hold: (yes: boolean): void => {
      held = yes;
      rearm();
    },
    rearm,
    stop: (): void => {
      for (const key of entries.keys()) remove(key);
    },
  };
}
