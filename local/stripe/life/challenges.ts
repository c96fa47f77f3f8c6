import { randomText } from '../core/ids.ts';
import type { Challenge } from '../core/state.ts';
import type { Work } from '../core/work.ts';

/** Makes the page where somebody authenticates by 3-D Secure; its path on the simulator. Nobody can guess it. */
export function challengePath(work: Work, challenge: Challenge): string {
  const token = randomText(32);
  work.state.challenges.set(token, challenge);
  return `/3ds/${token}`;
}
