import { parseArgs } from 'node:util';
import { GROUPS, type GroupName } from './figure.ts';

export interface Options {
  readonly groups: readonly GroupName[];
  /** Puts the table into README.md and docs/figures.md. */
  readonly write: boolean;
  /** A target that is missed is a failure. */
  readonly check: boolean;
}

export const USAGE = `npm run bench                   all of it, in minutes, into bench/results.json
npm run bench -- warm growth    some of it, printed only: ${GROUPS.join(', ')}
                 --write        puts the whole table into README.md and docs/figures.md
                 --check        exits with 1 when a target is missed`;

/** @throws Error that says what is wrong with the words of the command line */
export function readOptions(words: readonly string[]): Options {
  const flag = { type: 'boolean', default: false } as const;
  const { values, positionals } = parseArgs({
    args: [...words],
    options: { write: flag, check: flag },
    allowPositionals: true,
  });
  const groups = GROUPS.filter((group) => positionals.includes(group));
  const unknown = positionals.find((word) => !GROUPS.some((group) => group === word));
  if (unknown !== undefined) throw new Error(`There is no group "${unknown}".`);
  if (values.write && groups.length > 0) throw new Error('--write wants the whole table, not some of its groups.');
  return { ...values, groups: groups.length > 0 ? groups : GROUPS };
}
