import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Group } from './figure.ts';
import type { Machine } from './machine.ts';

/** A whole run. */
export interface Results {
  /** The day, as `2026-11-23`. */
  readonly date: string;
  readonly machine: Machine;
  readonly seconds: number;
  readonly groups: readonly Group[];
}

export const RESULTS = join(import.meta.dirname, 'results.json');

export const saveResults = (results: Results): Promise<void> =>
  writeFile(RESULTS, `${JSON.stringify(results, null, 2)}\n`);

export const readResults = async (): Promise<Results> => JSON.parse(await readFile(RESULTS, 'utf8'));
