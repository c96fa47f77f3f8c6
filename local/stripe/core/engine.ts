import { runDue } from '../life/due.ts';
import type { Clock } from './clock.ts';
import type { State, StoredEvent } from './state.ts';
import { beginWork, type Cause, NO_REQUEST, type Work } from './work.ts';

export interface EngineSettings {
  readonly state: State;
  readonly clock: Clock;
  /** The simulator's own address. */
  readonly url: string;
  readonly onEvent: (event: StoredEvent) => void;
  readonly log: (line: string) => void;
}

export type Engine = ReturnType<typeof createEngine>;

/** How often the simulator looks for what has fallen due when nobody asks it anything. Milliseconds. */
const LOOK_EVERY = 1_000;

/** Lets time pass: everything that falls due is done in its order, before anything that comes after it. */
export function createEngine({ state, clock, url, onEvent, log }: EngineSettings) {
  const workAt = (now: number, cause: Cause): Work => beginWork({ state, url, now, cause, onEvent });
  const catchUp = (now: number): void => runDue(state, now, (at) => workAt(at, NO_REQUEST));

  const timer = setInterval(() => {
    try {
      catchUp(clock.now());
    } catch (error) {
      log(`due work failed: ${(error instanceof Error && error.stack) || String(error)}`);
    }
  }, LOOK_EVERY).unref();

  return {
    /** A piece of work at this very second; all that fell due before is done before. */
    begin(cause: Cause): Work {
      const now = clock.now();
      catchUp(now);
      return workAt(now, cause);
    },
    /** Does all that has fallen due by this time, in whole seconds. */
    catchUp,
    stop: () => clearInterval(timer),
  };
}
