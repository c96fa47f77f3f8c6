import type { PlanRevenue } from '../../billing/revenue-by-plan.ts';
import type { SubscriptionStatus } from '../../billing/subscription.ts';
import type { RevenueReport } from '../../clients/revenue/report.ts';
import { money } from '../command-line/money.ts';

/** The rules, and what nobody can know; under the figures wherever they are shown. */
export const NOTES = [
  'MRR: active and past due subscriptions, a yearly one by twelve, less discounts that never end, without taxes. None for a trial, while unpaid or paused, and while collection is paused.',
  'Held: paid subscriptions, at the end of the month; the last month is still going on. Churn: the part that ended, of those held at some time in the month.',
  'Failed: renewals whose first payment failed, by the month of the invoice, and what became of them.',
  'Of the past only beginnings and ends are recorded: what the MRR was, and since when somebody is unpaid, is not known. Erased users are counted no more.',
];

const IN_ORDER: readonly SubscriptionStatus[] = [
  'active',
  'trialing',
  'past_due',
  'unpaid',
  'paused',
  'incomplete',
  'unknown',
];

/** The statuses that there are. */
export const statusesIn = (plans: readonly PlanRevenue[]): SubscriptionStatus[] =>
  IN_ORDER.filter((status) => plans.some(({ statuses }) => statuses[status] !== undefined));

export const planName = ({ plan }: PlanRevenue): string => plan ?? 'none of ours';

export const mrrLines = ({ mrr, unpriced }: Pick<RevenueReport, 'mrr' | 'unpriced'>): string[] => [
  ...(mrr.length === 0 ? ['none: there are no subscriptions'] : []),
  ...mrr.map(({ amount, currency, subscriptions }) => `${money(amount, currency)} from ${countOf(subscriptions)}`),
  ...(unpriced > 0 ? [`and ${countOf(unpriced)} whose price is no plain amount: not counted`] : []),
];

const countOf = (count: number): string => `${count} ${count === 1 ? 'subscription' : 'subscriptions'}`;

export const percent = (rate: number | null): string => (rate === null ? '-' : `${(rate * 100).toFixed(1)}%`);

/** The heads of the months' table, and a row's cells. */
export const MONTH_HEADS = ['Month', 'began', 'ended', 'held', 'churn', 'failed', 'recovered', 'due', 'lost'];

export const monthCells = ({ month, began, ended, atEnd, rate, ...payments }: RevenueReport['months'][number]) => [
  month,
  ...[began, ended, atEnd].map(String),
  percent(rate),
  ...[payments.failed, payments.recovered, payments.due, payments.lost].map(String),
];

export const planHeads = (statuses: readonly SubscriptionStatus[]): string[] => ['Plan', 'MRR', ...statuses];

export const planCells = (plan: PlanRevenue, statuses: readonly SubscriptionStatus[]): string[] => [
  planName(plan),
  money(plan.mrr.amount, plan.mrr.currency),
  ...statuses.map((status) => String(plan.statuses[status] ?? 0)),
];
