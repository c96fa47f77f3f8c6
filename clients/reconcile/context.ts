import type Stripe from 'stripe';
import { describe } from '../describe.ts';
import type { Pace } from '../pace.ts';
import type { Item } from '../records/items.ts';
import type { Place } from '../records/many.ts';
import type { SubscriptionRecords } from '../records/subscriptions.ts';
import type { Table } from '../records/table.ts';
import type { Users } from '../records/users.ts';
import type { Subscriptions } from '../subscriptions.ts';
import type { Sync } from '../sync.ts';
import { reported, type Finding } from './report.ts';
import type { Run } from './runs.ts';
import type { Undelivered } from './undelivered.ts';

export interface ReconcileParts {
  readonly stripe: Stripe;
  readonly subscriptions: Subscriptions;
  readonly table: Table;
  readonly records: Pick<SubscriptionRecords, 'read'>;
  readonly users: Pick<Users, 'ownerOfCustomer'>;
  readonly sync: Sync;
  readonly apiVersion: string;
  /** Every call to Stripe waits for its turn here. */
  readonly pace: Pace;
  /** Seconds since 1970. */
  readonly now: number;
  /** Asked between any two things: true ends the run where it is, to be gone on from. @default - never */
  readonly stop?: () => boolean;
  /** Told of everything as it is found, and how far the run is. What it throws ends the run. */
  readonly found?: (finding: Finding, run: Run) => void;
  /** Announces what is left to announce about users' access. @default - nothing is announced */
  readonly access?: AccessCheck;
  /** How many of Stripe's list are taken at once; of the table's items five times as many. @default 100 */
  readonly pageSize?: number;
  /** About how many records Stripe may be asked one by one whether it knows them. @default 500 */
  readonly asks?: number;
}

export interface AccessCheck {
  /** Among a page of the table's items, in the table's order. @param from where the page began, if not at the beginning */
  readonly unannounced: (items: readonly Item[], from: Place | null) => readonly string[];
  readonly announce: (userId: string) => Promise<unknown>;
}

/** What the steps of a run share. */
export interface Context extends ReconcileParts {
  readonly stop: () => boolean;
  readonly pageSize: number;
  readonly undelivered: Undelivered;
  /** The subscriptions that Stripe has shown to this process. A run that goes on does not know those of before. */
  readonly shown: Set<string>;
  /** How many of the others may still be asked for. */
  readonly askable: { left: number };
}

/** The run with one finding more. */
export function noted(context: Context, run: Run, finding: Finding): Run {
  const after = { ...run, report: reported(run.report, finding) };
  context.found?.(finding, after);
  return after;
}

/** What fails does not keep the rest from being looked at. */
export async function attempt<T extends Finding | undefined>(id: string, look: () => Promise<T>): Promise<T | Finding> {
  try {
    return await look();
  } catch (error) {
    return { kind: 'failed', failure: { id, cause: describe(error) } };
  }
}
