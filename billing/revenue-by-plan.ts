import { bringsRevenue, monthlyAmount, type Terms } from './revenue.ts';
import { isLive, type SubscriptionRecord, type SubscriptionStatus } from './subscription.ts';

/** Monthly recurring revenue in one currency. */
export interface Mrr {
  readonly currency: string;
  /** In its minor unit, rounded. */
  readonly amount: number;
  readonly subscriptions: number;
}

export interface PlanRevenue {
  /** Null for a price that is none of ours. */
  readonly plan: string | null;
  readonly mrr: Mrr;
  /** How many subscriptions there are by status; ended ones are not among them. */
  readonly statuses: Readonly<Partial<Record<SubscriptionStatus, number>>>;
}

export interface Revenue {
  /** By currency, the one with the most subscriptions first. */
  readonly mrr: readonly Mrr[];
  /** By plan and currency, in the order of their names. */
  readonly plans: readonly PlanRevenue[];
  /** They bring revenue, but how much cannot be said: their price is no plain amount. */
  readonly unpriced: number;
}

interface Worth {
  readonly record: SubscriptionRecord;
  /** What it brings in a month, not rounded; 0 when it brings nothing now, null when that cannot be said. */
  readonly monthly: number | null;
}

/** @param termsOf by a subscription's id */
export function revenueOf(records: readonly SubscriptionRecord[], termsOf: (id: string) => Terms): Revenue {
  const held = records.filter(isLive).map((record): Worth => {
    const monthly = bringsRevenue(record) ? monthlyAmount(record, termsOf(record.id)) : 0;
    return { record, monthly };
  });
  const plans = groups(held, ({ record }) => `${record.plan ?? '~'} ${record.currency}`);
  const currencies = groups(held, ({ record }) => record.currency).map(mrrOf);
  return {
    mrr: currencies.toSorted((a, b) => b.subscriptions - a.subscriptions),
    plans: plans.map((each) => ({ plan: each[0].record.plan, mrr: mrrOf(each), statuses: statusesOf(each) })),
    unpriced: held.filter(({ monthly }) => monthly === null).length,
  };
}

type Some<T> = readonly [T, ...T[]];

function mrrOf(worths: Some<Worth>): Mrr {
  const earning = worths.flatMap(({ monthly }) => (monthly ? [monthly] : []));
  const amount = Math.round(earning.reduce((sum, monthly) => sum + monthly, 0));
  return { currency: worths[0].record.currency, amount, subscriptions: earning.length };
}

function statusesOf(worths: Some<Worth>): PlanRevenue['statuses'] {
  const counts: Partial<Record<SubscriptionStatus, number>> = {};
  for (const { record } of worths) counts[record.status] = (counts[record.status] ?? 0) + 1;
  return counts;
}

/** In the order of their names. */
function groups<T>(all: readonly T[], nameOf: (one: T) => string): Some<T>[] {
  const named = new Map<string, [T, ...T[]]>();
  for (const one of all) {
    const group = named.get(nameOf(one));
    if (group) group.push(one);
    else named.set(nameOf(one), [one]);
  }
  return [...named].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}
