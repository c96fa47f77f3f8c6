import * as fc from 'fast-check';
import { history } from './history.ts';
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

/**
 * Lives the history of a seed, or of a seed and a path of fast-check's. One that ends different is made smaller.
 *
 * @param shrink how many attempts at making it smaller
 * @returns undefined when nothing is different at its end
 */
export async function check(
  world: World,
  { seed, path, shrink }: { seed: number; path?: string | undefined; shrink: number },
  tell?: (line: string) => void,
): Promise<Difference | undefined> {
  const histories = path === undefined ? fc.limitShrink(history, shrink) : history; // a path leads through all of them
  const property = fc.asyncProperty(histories, async (one) => {
    const found = await live(world, one, tell);
    if (found.length > 0) throw new Different(found.join('\n'));
  });
  const details = await fc.check(property, {
    seed,
    numRuns: 1,
    ...(path !== undefined && { path }),
    endOnFailure: shrink === 0,
  });
  if (!details.failed) return undefined;
  const { errorInstance: error, counterexamplePath } = details;
  const words =
    error instanceof Different ? error.message : error instanceof Error ? (error.stack ?? '') : String(error);
  return { seed, path: counterexamplePath ?? '0', words };
}
