import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { BROKEN, isBroken, type Broken } from './broken.ts';

export interface Options {
  /** How many histories are lived. */
  readonly count: number;
  /** The first one's seed; the others follow it. */
  readonly from: number;
  /** Only this one, told in full. With `path` the one that it was shrunk to. */
  readonly seed: number | undefined;
  readonly path: string | undefined;
  readonly processes: number;
  /** The first one that is different is enough. */
  readonly untilDifferent: boolean;
  /** A rule that is broken on purpose. */
  readonly broken: Broken | undefined;
  /** How many attempts at making a failing history smaller. */
  readonly shrink: number;
}

export const USAGE = `npm run histories -- [--count 1000] [--from <seed>] [--processes 2] [--shrink 500] [--until-different]
npm run histories -- --seed <seed> [--path <path>]      replays one, and tells what happens
                     --broken '<rule>'                  breaks a rule on purpose: ${Object.keys(BROKEN).join(', ')}`;

/** @throws Error that says what is wrong with the words of the command line */
export function readOptions(words: readonly string[], random = Math.random): Options {
  const text = { type: 'string' as const };
  const flag = { type: 'boolean' as const, default: false };
  const options = {
    count: text,
    from: text,
    seed: text,
    path: text,
    processes: text,
    shrink: text,
    broken: text,
    'until-different': flag,
  };
  const { values } = parseArgs({ args: [...words], options });
  const { broken, path } = values;
  if (broken !== undefined && !isBroken(broken)) throw new Error(`No such rule: ${broken}`);
  return {
    count: whole(values.count, 'count') ?? 1000,
    from: whole(values.from, 'from') ?? Math.floor(random() * 1e9),
    seed: whole(values.seed, 'seed'),
    path,
    processes: whole(values.processes, 'processes') ?? Math.min(2, availableParallelism()),
    untilDifferent: values['until-different'],
    broken,
    shrink: whole(values.shrink, 'shrink') ?? 500,
  };
}

function whole(value: string | undefined, name: string): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d{1,9}$/.test(value)) throw new Error(`--${name} takes a whole number.`);
  return Number(value);
}
