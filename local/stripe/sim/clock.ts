import type { MovableClock } from '../core/clock.ts';
import { checkFields, needed, wholeNumber } from './body.ts';
import { SimError, type SimRoute } from './route.ts';

export interface ClockSettings {
  readonly clock: MovableClock;
  readonly advance: (seconds: number) => Promise<void>;
  /** When the next thing falls due, in whole seconds; null for never. */
  readonly nextDue: () => number | null;
}

const YEAR = 366 * 24 * 60 * 60;
/** In one call: enough for a yearly renewal and what comes of it, and an end in sight for whoever waits. */
const MOST = 2 * YEAR;
/** All in all, far below what the shared memory can hold. */
const FARTHEST = 50 * YEAR;

const isoOf = (at: number): string => `${new Date(at * 1000).toISOString().slice(0, 19)}Z`;

/** `GET` tells the time; `POST {"advance": seconds}` answers once all that fell due is done, and its webhooks were tried. */
export function clockRoutes({ clock, advance, nextDue }: ClockSettings): SimRoute[] {
  const view = (): object => {
    const next = nextDue();
    return {
      now: clock.now(),
      iso: isoOf(clock.now()),
      ahead: clock.ahead(),
      nextDue: next === null ? null : { at: next, iso: isoOf(next) },
    };
  };
  return [
    { method: 'GET', path: '/_sim/clock', answer: view },
    {
      method: 'POST',
      path: '/_sim/clock',
      answer: async ({ body }) => {
        checkFields(body, ['advance']);
        const seconds = needed(wholeNumber(body, 'advance', { from: 1, to: MOST }), 'advance', '{"advance": 86400}');
        if (clock.ahead() + seconds > FARTHEST) {
          throw new SimError(409, 'The clock is fifty years ahead.', 'Start the simulator anew.');
        }
        await advance(seconds);
        return view();
      },
    },
  ];
}
