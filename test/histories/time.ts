/** The one clock of a history, in milliseconds since 1970. It stands still unless it is told to go on. */
export interface VirtualTime {
  now(): number;
  /** Goes on, and fires what falls due on the way, in its order. */
  pass(milliseconds: number): void;
  /** Goes on to what falls due next. @returns false when nothing waits */
  skip(): boolean;
  /** Another history: nothing waits any more. */
  restart(at: number): void;
}

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/**
 * Takes over what this process knows of time: `Date`, `performance.now` and timers. Half a second that an SDK waits before
 * it asks again is over at once, in its order among all that happens; nothing repeats of itself (`setInterval`).
 *
 * @param bind makes a callback run on behalf of whoever waits
 */
export function takeOverTime(bind: (run: () => void) => () => void): VirtualTime {
  const waiting = new Map<object, Timer>();
  let now = 0;

  const next = (): [object, Timer] | undefined => {
    let first: [object, Timer] | undefined;
    for (const entry of waiting) if (first === undefined || entry[1].at < first[1].at) first = entry;
    return first;
  };
  const fire = ([handle, { at, run }]: [object, Timer]): void => {
    waiting.delete(handle);
    now = Math.max(now, at);
    run();
  };

  patchTimers(
    (milliseconds, run) => {
      const handle = timerHandle();
      waiting.set(handle, { at: now + milliseconds, run: bind(run) });
      return handle;
    },
    (handle) => waiting.delete(handle),
  );
  patchDate(() => now);

  return {
    now: () => now,
    pass(milliseconds) {
      const until = now + milliseconds;
      for (let due = next(); due !== undefined && due[1].at <= until; due = next()) fire(due);
      now = until;
    },
    skip() {
      const due = next();
      if (due) fire(due);
      return due !== undefined;
    },
    restart(at) {
      waiting.clear();
      now = at;
    },
  };
}

/** What `setTimeout` gives, as far as anybody here looks at it. */
function timerHandle() {
  const handle = { ref: () => handle, unref: () => handle, hasRef: () => false };
  return handle;
}

function patchTimers(set: (milliseconds: number, run: () => void) => object, clear: (handle: object) => void): void {
  const clearTimer = (handle: unknown): void => {
    if (typeof handle === 'object' && handle !== null) clear(handle);
  };
  Object.assign(globalThis, {
    setTimeout: (run: (...args: unknown[]) => void, milliseconds = 0, ...args: unknown[]) =>
      set(milliseconds, () => run(...args)),
    clearTimeout: clearTimer,
    setInterval: timerHandle,
    clearInterval: clearTimer,
  });
  // Its timers are the machine's own, and nothing here takes as long.
  AbortSignal.timeout = () => new AbortController().signal;
}

function patchDate(now: () => number): void {
  const MachineDate = Date;
  globalThis.Date = new Proxy(MachineDate, {
    apply: () => new MachineDate(now()).toString(),
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
  });
  Object.defineProperty(performance, 'now', { value: now });
}
