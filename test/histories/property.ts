import * as fc from 'fast-check';
import { history, type History } from './history.ts';
import { live } from './live.ts';
import type { World } from './world.ts';

/** A history that did not end as it should. */
export interface Difference {
  readonly seed: number;
  /** Of the smallest one that was found, for `--path`. */
  readonly path: string;
  /** What was different at its end. */
  readonly words: string;
}

class Different extends Error {
  override readonly name = 'Different';
}

/** Which history: that of a seed, or the smaller one that a path of fast-check's leads to from there. */
export interface Which {
  readonly seed: number;
  readonly path?: string | undefined;
}

/** How one is lived. */
export interface How {
  /** How many attempts at making one smaller that ends different. */
  readonly shrink: number;
  readonly tell?: (line: string) => void;
}

/** Lives one history. @returns undefined when nothing is different at its end */
export async function check(
  world: World,
  { seed, path }: Which,
  { shrink, tell }: How,
): Promise<Difference | undefined> {
  const lived = async (one: History): Promise<void> => {
    const found = await live(world, one, tell);
    if (found.length > 0) throw new Different(found.join('\n'));
  };
  if (path !== undefined) return replayed(seed, path, lived);
  const property = fc.asyncProperty(fc.limitShrink(history, shrink), lived);
  const details = await fc.check(property, { seed, numRuns: 1, endOnFailure: shrink === 0 });
  if (!details.failed) return undefined;
  return { seed, path: details.counterexamplePath ?? '0', words: wordsOf(details.errorInstance) };
}

/** Just this one: a check would go on with those beside it, once it ends well. */
async function replayed(seed: number, path: string, lived: (one: History) => Promise<void>) {
  const [one] = fc.sample(history, { seed, path, numRuns: 1 });
  if (!one) throw new Error(`No history is at --seed ${seed} --path ${path}.`);
  try {
    await lived(one);
    return undefined;
  } catch (error) {
    return { seed, path, words: wordsOf(error) };
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof Different) return error.message;
  return error instanceof Error ? (error.stack ?? '') : String(error);
}
