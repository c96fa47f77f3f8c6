import type { Fields } from '../../billing/differences.ts';

/** One thing that reconcile saw. */
export type Finding =
  | { readonly kind: 'event'; readonly applied: boolean }
  | { readonly kind: 'equal' }
  | { readonly kind: 'repaired'; readonly repair: Repair }
  | { readonly kind: 'unowned'; readonly subscriptionId: string }
  | { readonly kind: 'duplicate'; readonly duplicate: Duplicate }
  | { readonly kind: 'missing'; readonly missing: Missing }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** A record that differed from Stripe and was written anew, by the rule that the webhook follows. */
export interface Repair {
  readonly subscriptionId: string;
  readonly userId: string;
  /** The fields that differed; null when there was no record. */
  readonly before: Fields | null;
  readonly after: Fields;
  /**
   * `undelivered`: Stripe could not deliver, or has not yet delivered, an event about it. `new fields`: an earlier version
   * of this code wrote the record. `unexplained`: neither; something else changed the record or kept it from changing.
   */
  readonly because: 'undelivered' | 'new fields' | 'unexplained';
}

/** A user with more than one live subscription, who pays twice. */
export interface Duplicate {
  readonly userId: string;
  readonly customerId: string;
  readonly subscriptionIds: readonly string[];
}

/** A record says that it is live, and Stripe knows no such subscription: another account, or an emptied sandbox. */
export interface Missing {
  readonly subscriptionId: string;
  readonly userId: string;
}

/** What could not be looked at; the next run tries again. */
export interface Failure {
  readonly id: string;
  readonly cause: string;
}

/** How many there were, and the first of them. */
export interface Listed<T> {
  readonly count: number;
  readonly first: readonly T[];
}

export interface Report {
  /** Events that Stripe could not deliver, and how many of them changed a record. */
  readonly undelivered: number;
  readonly applied: number;
  /** Subscriptions at Stripe, ended ones too; and those whose record says the same. */
  readonly seen: number;
  readonly equal: number;
  readonly repaired: Listed<Repair>;
  readonly unexplained: number;
  readonly duplicates: Listed<Duplicate>;
  /** Subscriptions of the account that belong to none of our users. */
  readonly unowned: Listed<string>;
  readonly missing: Listed<Missing>;
  readonly failed: Listed<Failure>;
}

/** The report is kept in one item of the table between pages, so what it names is bounded; logs name every one. */
const NAMED = 50;

const none: Listed<never> = { count: 0, first: [] };

export const EMPTY: Report = {
  undelivered: 0,
  applied: 0,
  seen: 0,
  equal: 0,
  repaired: none,
  unexplained: 0,
  duplicates: none,
  unowned: none,
  missing: none,
  failed: none,
};

/** The report with one finding more. */
export function reported(report: Report, finding: Finding): Report {
  const { seen } = report;
  switch (finding.kind) {
    case 'event':
      return { ...report, undelivered: report.undelivered + 1, applied: report.applied + (finding.applied ? 1 : 0) };
    case 'equal':
      return { ...report, seen: seen + 1, equal: report.equal + 1 };
    case 'repaired': {
      const unexplained = report.unexplained + (finding.repair.because === 'unexplained' ? 1 : 0);
      return { ...report, seen: seen + 1, unexplained, repaired: withOne(report.repaired, finding.repair) };
    }
    case 'unowned':
      return { ...report, seen: seen + 1, unowned: withOne(report.unowned, finding.subscriptionId) };
    case 'duplicate':
      return { ...report, duplicates: withOne(report.duplicates, finding.duplicate) };
    case 'missing':
      return { ...report, missing: withOne(report.missing, finding.missing) };
    default: {
      // A run that goes on applies undelivered events once more, and may fail at the same ones.
      if (report.failed.first.some(({ id }) => id === finding.failure.id)) return report;
      return { ...report, failed: withOne(report.failed, finding.failure) };
    }
  }
}

/** What wants somebody's look: all else is either equal or mended. */
export const needsALook = ({ unexplained, duplicates, missing, failed }: Report): boolean =>
  unexplained + duplicates.count + missing.count + failed.count > 0;

function withOne<T>({ count, first }: Listed<T>, one: T): Listed<T> {
  return { count: count + 1, first: first.length < NAMED ? [...first, one] : first };
}
