import type { Payer } from '../../billing/charge.ts';
import type { StoredRun } from '../../billing/charge-run.ts';
import type { ChargeRuns } from '../records/charge-runs.ts';
import type { PayersPage } from '../records/payers.ts';
import type { Charging } from './charging.ts';
import { inTurns } from './in-turns.ts';
import { tallyOf, type ChargeReport, type Ended, type Tally } from './report.ts';

/** Everybody who has a Stripe customer, from this place on. */
export type Payers = (after?: Readonly<Record<string, unknown>>) => AsyncIterable<PayersPage>;

export interface RunParts {
  readonly runs: Pick<ChargeRuns, 'start' | 'keepPlace' | 'finish'>;
  readonly payers: Payers;
  readonly charging: Charging;
  /** Asked between any two customers: true ends the pass there. @default - never */
  readonly stop?: () => boolean;
  /** Told how many were looked at. */
  readonly progress?: (seen: number) => void;
}

/** When so many in a row could not be charged, it is not they. */
const HOPELESS = 10;

/**
 * Charges everybody, and keeps the place, page by page. Whoever comes later, or at the same time, goes on from there: that
 * saves looking, and is not what keeps a customer from being charged twice (charging.ts does). Behind somebody who could
 * not be settled no place is kept, so that the next pass looks at them again.
 */
export async function carryOut(parts: RunParts, run: StoredRun): Promise<ChargeReport> {
  const tally = tallyOf(run);
  const stop = () => parts.stop?.() === true || tally.failuresInARow >= HOPELESS;
  if (!(await parts.runs.start(run.id))) return tally.report('over');
  for await (const { payers, next } of parts.payers(run.place?.after)) {
    await inTurns(payers, stop, (payer) => chargeOne(parts, run, payer, tally));
    if (stop()) return tally.report(tally.failuresInARow >= HOPELESS ? 'gave up' : 'stopped');
    const going = next && tally.clean ? { after: next, totals: tally.totals } : undefined;
    if (going ? !(await parts.runs.keepPlace(run.id, going)) : !(await parts.runs.start(run.id)))
      return tally.report('over');
  }
  return tally.report(await ending(parts, run, tally));
}

async function ending({ runs }: RunParts, { id }: StoredRun, tally: Tally): Promise<Ended> {
  if (!tally.clean) return 'unfinished';
  return (await runs.finish(id, tally.totals)) ? 'finished' : 'over';
}

async function chargeOne({ charging, progress }: RunParts, run: StoredRun, payer: Payer, tally: Tally): Promise<void> {
  try {
    tally.settled(payer, await charging.charge(run, payer));
  } catch (error) {
    tally.failed(payer, error);
  }
  progress?.(tally.seen);
}
