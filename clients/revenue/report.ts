import type Stripe from 'stripe';
import { churnIn, monthsUpTo, type Churn, type Month } from '../../billing/churn.ts';
import { recoveryOf, subscriptionOf, type Recovery } from '../../billing/recovery.ts';
import { PLAIN_TERMS } from '../../billing/revenue.ts';
import { revenueOf, type Revenue } from '../../billing/revenue-by-plan.ts';
import type { SubscriptionRecord } from '../../billing/subscription.ts';
import type { Pace } from '../pace.ts';
import { subscriptionsIn } from '../records/items.ts';
import { scanRecords, type Place } from '../records/many.ts';
import type { Table } from '../records/table.ts';
import { termsAtStripe } from './at-stripe.ts';

export interface RevenueReport extends Revenue {
  /** When it was so, in seconds since 1970. */
  readonly at: number;
  /** The earliest first; the last one is still going on. */
  readonly months: readonly (Churn & FailedPayments)[];
}

/** Payments for renewals of a month that failed at first, and what became of them. */
export interface FailedPayments {
  readonly failed: number;
  readonly recovered: number;
  readonly due: number;
  readonly lost: number;
}

export interface RevenueParts {
  readonly stripe: Stripe;
  readonly table: Table;
  readonly pace: Pace;
  /** How many months, the one that is going on among them. */
  readonly months: number;
  /** Told how many records and invoices were read so far. */
  readonly read?: (count: number) => void;
}

/** How many items of the table are looked at by one call. */
const PAGE = 1000;

/** What the business brings, by the table's records; prices' small print and invoices are asked of Stripe. Writes nothing. */
export async function revenueReport(parts: RevenueParts): Promise<RevenueReport> {
  const { now, terms } = await termsAtStripe(parts.stripe, parts.pace);
  const records = await allRecords(parts);
  const months = monthsUpTo(now, parts.months);
  const failures = await failuresBy(parts, months, new Set(records.map(({ id }) => id)));
  const reportOf = (month: Month) => {
    const payments = counted(failures.get(month.name) ?? []);
    return { ...churnIn(records, month), ...payments };
  };
  return {
    at: now,
    ...revenueOf(records, (id) => terms.get(id) ?? PLAIN_TERMS),
    months: months.map(reportOf),
  };
}

async function allRecords({ table, read }: RevenueParts): Promise<SubscriptionRecord[]> {
  const records: SubscriptionRecord[] = [];
  let from: Place | null = null;
  do {
    const { items, next } = await scanRecords(table, from, PAGE);
    records.push(...subscriptionsIn(items).map(({ record }) => record));
    read?.(records.length);
    from = next;
  } while (from !== null);
  return records;
}

/** By the month's name, what became of each. The account may have invoices of others: those are left out. */
async function failuresBy(
  { stripe, pace, read }: RevenueParts,
  months: readonly Month[],
  ours: ReadonlySet<string>,
): Promise<Map<string, Recovery[]>> {
  const found = new Map<string, Recovery[]>();
  const wanted = { created: { gte: months[0]?.from ?? 0 }, limit: 100 };
  let after: string | undefined;
  let count = ours.size;
  do {
    const from = after === undefined ? {} : { starting_after: after };
    const page = await pace(() => stripe.invoices.list({ ...wanted, ...from }));
    for (const invoice of page.data) {
      const recovery = ours.has(subscriptionOf(invoice) ?? '') ? recoveryOf(invoice) : undefined;
      const month = months.find(({ to }) => invoice.created < to)?.name;
      if (recovery && month !== undefined) found.set(month, [...(found.get(month) ?? []), recovery]);
    }
    read?.((count += page.data.length));
    after = page.has_more ? page.data.at(-1)?.id : undefined;
  } while (after !== undefined);
  return found;
}

function counted(recoveries: readonly Recovery[]): FailedPayments {
  const of = (wanted: Recovery) => recoveries.filter((each) => each === wanted).length;
  return { failed: recoveries.length, recovered: of('recovered'), due: of('due'), lost: of('lost') };
}
