import type { MovableClock } from '../core/clock.ts';
import { checkFields, needed, wholeNumber, wrong } from './body.ts';
import { type Body, SimError, type SimRoute } from './route.ts';

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

/** For how many seconds time is to pass. */
function secondsOf(body: Body, now: number): number {
  checkFields(body, ['advance', 'until']);
  const until = wholeNumber(body, 'until', { from: 0, to: Number.MAX_SAFE_INTEGER });
  if (until === undefined) {
    return needed(wholeNumber(body, 'advance', { from: 1, to: MOST }), 'advance', '{"advance": 86400}');
  }
  if (body['advance'] !== undefined) throw wrong('"advance" and "until" exclude each other.', 'Send one of them.');
  if (until <= now) throw new SimError(409, 'That time has passed.', 'GET /_sim/clock tells the time.');
  if (until - now > MOST) throw wrong('That is more than two years ahead.', 'Go there in several steps.');
  return until - now;
}

/** `GET` tells the time; `POST {"advance": seconds}` or `{"until": time}` answers once all that fell due is done, and its webhooks were tried. */
export function clockRoutes({ clock, advance, nextDue }: ClockSettings): SimRoute[] {
  function view(): object {
    const next = nextDue();
    return {
      now: clock.now(),
      iso: isoOf(clock.now()),
      ahead: clock.ahead(),
      nextDue: next === null ? null : { at: next, iso: isoOf(next) },
    };
  }

  async function pass(body: Body): Promise<object> {
    const seconds = secondsOf(body, clock.now());
    if (clock.ahead() + seconds > FARTHEST) {
      throw new SimError(409, 'The clock is fifty years ahead.', 'Start the simulator anew.');
    }
    await advance(seconds);
    return view();
  }

  return [
    { method: 'GET', path: '/_sim/clock', answer: view },
    { method: 'POST', path: '/_sim/clock', answer: ({ body }) => pass(body) },
  ];
}
