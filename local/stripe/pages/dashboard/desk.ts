import type { Work } from '../../core/work.ts';

/** What the dashboard shows beside the state: how time runs, and what is kept back. */
export interface Desk {
  readonly work: Work;
  /** By how many seconds the simulator's clock is ahead of the machine's. */
  readonly ahead: number;
  /** Ids of the deliveries that are held, in their order; null when nothing is held back. */
  readonly held: readonly string[] | null;
}
