import { fork, type ChildProcess } from 'node:child_process';
import type { Options } from './options.ts';
import type { Difference } from './property.ts';
import type { Result, Task } from './worker.ts';

/** How many a process is given at a time: its task ends within seconds, so that all end together. */
const HANDFUL = 20;

export interface Crew {
  /** Resolves when all histories were lived. Rejects when a process ends before its time. */
  readonly done: Promise<void>;
  stop(): void;
}

/** Lives all histories in several processes. @param onLived told of each */
export function startCrew(
  entry: string,
  bundle: string,
  { count, from, processes, shrink }: Options,
  onLived: (difference: Difference | null) => void,
): Crew {
  let given = 0;
  let stopped = false;
  const next = (): Task | undefined => {
    const size = Math.min(HANDFUL, count - given);
    if (size === 0 || stopped) return undefined;
    const first = from + given;
    given += size;
    return { seeds: Array.from({ length: size }, (_, n) => first + n), shrink };
  };
  // Most of what a history makes is garbage at its end: a larger nursery is cleared less often.
  const execArgv = [...process.execArgv, '--max-semi-space-size=32'];
  const children = Array.from({ length: processes }, () => fork(entry, ['--bundle', bundle], { execArgv }));
  const all = children.map((child) => serve(child, { next, onLived, mayEnd: () => stopped }));
  return {
    done: Promise.all(all).then(() => undefined),
    stop() {
      stopped = true;
      for (const child of children) child.kill();
    },
  };
}

interface Serving {
  readonly next: () => Task | undefined;
  readonly onLived: (difference: Difference | null) => void;
  /** Whether it does not matter how the process ends. */
  readonly mayEnd: () => boolean;
}

/** @returns when the process has ended, with nothing left to do */
function serve(child: ChildProcess, { next, onLived, mayEnd }: Serving): Promise<void> {
  return new Promise((resolve, reject) => {
    let finished = false;
    child.on('message', (message: Result | 'more') => {
      if (mayEnd()) return;
      if (message !== 'more') return onLived(message.difference);
      const task = next();
      finished = task === undefined;
      if (task) child.send(task);
      else child.disconnect();
    });
    child.once('exit', (code) => {
      if (finished || mayEnd()) resolve();
      else reject(new Error(`A process ended with ${code} before it was done.`));
    });
  });
}
