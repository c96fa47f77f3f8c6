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
      // What an earlier run had done says nothing about how fast this one is; nor does the first second.
      began ??= { at: now(), done: done - 1 };
      const tookMs = now() - began.at;
      const perSecond = tookMs < 1000 ? undefined : ((done - began.done) * 1000) / tookMs;
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

function lineOf(what: string, done: number, total: number | undefined, perSecond: number | undefined): string {
  const of = total === undefined ? '' : ` of ${total}`;
  if (perSecond === undefined) return `${what}: ${done}${of}`;
  const rate = `, ${perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond)}/s`;
  const left = total === undefined || done >= total ? '' : `, ${duration((total - done) / perSecond)} left`;
  return `${what}: ${done}${of}${rate}${left}`;
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
