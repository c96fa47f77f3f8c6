import type { Terminal } from './terminal.ts';

/** How often a line is written that cannot be written over, in milliseconds. */
const PLAIN_EVERY_MS = 5_000;
const REWRITE_EVERY_MS = 100;

export interface Progress {
  /** So many are done, of so many if that is known. */
  at(done: number, total?: number): void;
  /** A line of the result, in the place of the line that counts. */
  over(line: string): void;
  /** Leaves the last line as it stands. */
  end(): void;
}

/**
 * A line that counts: what is done, how fast, and how long the rest will take when the total is known. Where it cannot be
 * written over, a plain line now and then.
 *
 * @param now milliseconds, of any beginning
 */
export function progressOn(
  terminal: Pick<Terminal, 'out' | 'note' | 'rewrite'>,
  what: string,
  now: () => number = () => performance.now(),
): Progress {
  let began: { at: number; done: number } | undefined;
  const every = terminal.rewrite ? REWRITE_EVERY_MS : PLAIN_EVERY_MS;
  let shownAt = now();
  let last: string | undefined;
  const show = (line: string) => (terminal.rewrite ? terminal.rewrite(line) : terminal.note(line));
  return {
    at(done, total) {
      // What an earlier run had done says nothing about how fast this one is.
      began ??= { at: now(), done: done - 1 };
      const perSecond = now() > began.at ? ((done - began.done) * 1000) / (now() - began.at) : 0;
      last = lineOf(what, done, total, perSecond);
      if (now() - shownAt < every) return;
      shownAt = now();
      show(last);
    },
    over(line) {
      terminal.rewrite?.('');
      terminal.out(line);
    },
    end() {
      if (last === undefined) return;
      if (terminal.rewrite) terminal.rewrite(`${last}\n`);
      else terminal.note(last);
    },
  };
}

function lineOf(what: string, done: number, total: number | undefined, rate: number): string {
  const of = total === undefined ? '' : ` of ${total}`;
  const speed = rate > 0 ? `, ${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s` : '';
  const left = total === undefined || rate === 0 ? '' : `, ${duration((total - done) / rate)} left`;
  return `${what}: ${done}${of}${speed}${left}`;
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
