import { createAgenda } from './agenda.ts';
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
  const agenda = createAgenda(state);
  const workAt = (now: number, cause: Cause): Work =>
    beginWork({ state, url, now, cause, onSave: agenda.look, onEvent });

  /** In the order in which it fell due, each as of its own time. */
  function catchUp(now: number): void {
    for (let next = agenda.take(now); next !== null; next = agenda.take(now)) {
      next.due.run(workAt(next.due.at, NO_REQUEST));
      next.done();
    }
  }

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
    /** When the next thing falls due of itself, in whole seconds; null for never. It may be in the past. */
    nextDue: agenda.nextAt,
    stop: () => clearInterval(timer),
  };
}
