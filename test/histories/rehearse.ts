import { setTimeout as machineTime } from 'node:timers/promises';
import type { Act, History, Step } from './history.ts';
import { live } from './live.ts';
import type { World } from './world.ts';

const ACTS: readonly Act[] = ['checkout', 'pay', 'success page', 'portal', 'reconcile', 'cancel now', 'checkout'];
const REHEARSAL: History = {
  seed: 0,
  start: Date.UTC(2026, 6),
  afterRetries: 'cancel',
  steps: ACTS.map((act): Step => ({ user: 0, act, plan: 0, after: 100_000 })),
  copies: [],
  faults: [],
  slowest: null,
  picks: [],
};
const ATTEMPTS = 300;
const BETWEEN_MS = 100;

/**
 * Lives a quiet history until it succeeds. At first the SDKs load parts of themselves from the disk, which takes its
 * time and nobody's turn; when all has been used once, nothing waits for the machine any more.
 */
export async function rehearse(world: World): Promise<void> {
  let last: readonly string[] = [];
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    last = await live(world, REHEARSAL);
    if (last.length === 0) return;
    await machineTime(BETWEEN_MS);
  }
  throw new Error(`A quiet history does not end well: ${last.join(', ')}`);
}
