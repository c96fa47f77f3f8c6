import { isOwed, type ChargeStatus, type Payer } from '../../billing/charge.ts';
import type { StoredRun, Totals } from '../../billing/charge-run.ts';
import type { Charged } from './charging.ts';

/** A customer who did not pay: whose turn it is now. */
export interface Unpaid extends Payer {
  readonly status: ChargeStatus;
  readonly declineCode: string | null;
}

export interface Failure extends Payer {
  readonly error: unknown;
}

/**
 * `finished`   everybody is settled
 * `unfinished` everybody was looked at, and some are to be looked at again
 * `stopped`    as it was asked to, to be gone on from there
 * `gave up`    too many failures in a row
 * `over`       somebody else has finished or withdrawn it
 */
export type Ended = 'finished' | 'unfinished' | 'stopped' | 'gave up' | 'over';

export interface ChargeReport {
  readonly run: StoredRun;
  readonly ended: Ended;
  /** How many users of the whole run, as far as it has come, by what became of their charge. */
  readonly totals: Totals;
  /** How many of them were settled by this very pass. */
  readonly settledNow: number;
  /** Those of this pass who are to pay themselves. */
  readonly unpaid: readonly Unpaid[];
  /** Those whom this pass could not charge; the next tries again. */
  readonly failed: readonly Failure[];
}

/** Counts while a pass goes on. */
export interface Tally {
  settled(payer: Payer, charged: Charged): void;
  failed(payer: Payer, error: unknown): void;
  /** How many were looked at in this pass. */
  readonly seen: number;
  readonly failuresInARow: number;
  /** Whether everybody so far is settled for good. */
  readonly clean: boolean;
  readonly totals: Totals;
  report(ended: Ended): ChargeReport;
}

export function tallyOf(run: StoredRun): Tally {
  const totals: Record<string, number> = { ...run.place?.totals };
  const unpaid: Unpaid[] = [];
  const failed: Failure[] = [];
  const counted = { seen: 0, now: 0, inARow: 0 };
  const count = (status: ChargeStatus) => (totals[status] = (totals[status] ?? 0) + 1);
  return {
    settled(payer, { status, declineCode, now }) {
      counted.seen += 1;
      counted.inARow = 0;
      counted.now += now ? 1 : 0;
      count(status);
      if (isOwed({ status })) unpaid.push({ ...payer, status, declineCode });
    },
    failed(payer, error) {
      counted.seen += 1;
      counted.inARow += 1;
      failed.push({ ...payer, error });
    },
    get seen() {
      return counted.seen;
    },
    get failuresInARow() {
      return counted.inARow;
    },
    get clean() {
      return failed.length === 0 && (totals['processing'] ?? 0) === 0;
    },
    get totals() {
      return { ...totals };
    },
    report: (ended) => ({ run, ended, totals: { ...totals }, settledNow: counted.now, unpaid, failed }),
  };
}
