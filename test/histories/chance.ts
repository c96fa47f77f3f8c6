import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Takes over chance, so that a history is the same each time: how long an SDK waits before it asks again, and the
 * simulator's ids (several subscriptions of a user stand in the table by their ids).
 *
 * @returns begins anew from a seed
 */
export function takeOverChance(): (seed: number) => void {
  let state = 0;
  /** mulberry32 */
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  Math.random = random;
  Object.assign(crypto, { randomInt: (below: number) => Math.floor(random() * below) });
  syncBuiltinESMExports();
  return (seed) => {
    state = seed;
  };
}
