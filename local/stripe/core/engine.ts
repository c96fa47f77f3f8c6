import { clockOf } from '../life/test-clocks.ts';
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

  type Times = Pick<Work, 'now' | 'accountNow'>;
  const workAt = (times: Times, cause: Cause): Work =>
    beginWork({ state, url, ...times, cause, onSave: agenda.look, onEvent });

  /** What belongs to a test clock happens at the clock's time, whatever time it is for the account. */
  const timesAt = (accountNow: number, ids: readonly string[]): Times => ({
    now: clockOf(state, ids)?.frozen_time ?? accountNow,
    accountNow,
  });

  /** In the order in which it fell due, each as of its own time. */
  function catchUp(now: number): void {
    for (let next = agenda.take(now); next !== null; next = agenda.take(now)) {
      next.due.run(workAt(timesAt(next.due.at, [next.id]), NO_REQUEST));
      next.done();
    }
  }

  /** The same for what falls due in a test clock's time. */
  function catchUpOn(testClock: string, now: number): void {
    for (let next = agenda.take(now, testClock); next !== null; next = agenda.take(now, testClock)) {
      next.due.run(workAt({ now: next.due.at, accountNow: clock.now() }, NO_REQUEST));
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
    /**
     * A piece of work at this very second; all that fell due before is done before.
     *
     * @param ids the objects that it is about: the time of the first that belongs to a test clock is the work's
     */
    begin(cause: Cause, ids: readonly string[] = []): Work {
      const now = clock.now();
      catchUp(now);
      return workAt(timesAt(now, ids), cause);
    },
    /** Does all that has fallen due by this time, in whole seconds. */
    catchUp,
    catchUpOn,
    /** When the next thing falls due of itself, in whole seconds; null for never. It may be in the past. */
    nextDue: agenda.nextAt,
    stop: () => clearInterval(timer),
  };
}
