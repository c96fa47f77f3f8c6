/** Which plans are shown, and what their buttons say. No DOM. */
import * as words from '#words/plans';
import type { Account, Plan } from './contract.ts';
import type { Format } from './format.ts';

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly features: readonly string[];
  readonly highlight: boolean;
  /** One a billing interval, in the order of the configuration. */
  readonly prices: readonly Plan[];
}

/** The configuration's plans by product, in the order in which an operator wrote them. */
export function productsOf(plans: readonly Plan[]): Product[] {
  const prices = new Map<string, Plan[]>();
  for (const plan of plans) {
    const known = prices.get(plan.product);
    if (known) known.push(plan);
    else prices.set(plan.product, [plan]);
  }
  return [...prices].flatMap(([id, all]) => {
    const [first] = all;
    if (!first) return [];
    const { name, description, features, highlight } = first;
    return [{ id, name, description, features, highlight, prices: all }];
  });
}

const intervalOrder = ['day', 'week', 'month', 'year'];

/** The billing intervals on offer, shortest first; a switch is worth showing from two on. */
export function intervalsOf(plans: readonly Plan[]): string[] {
  const found = [...new Set(plans.map((plan) => plan.interval))];
  return found.toSorted((a, b) => intervalOrder.indexOf(a) - intervalOrder.indexOf(b));
}

/** The interval shown first: the subscriber's own, else the shortest. */
export function firstInterval(plans: readonly Plan[], current: string | null): string {
  const own = plans.find((plan) => plan.lookupKey === current)?.interval;
  return own ?? intervalsOf(plans)[0] ?? 'month';
}

/** A product's price for the chosen interval, or the one it has: nobody is shown a card without a price. */
export const priceFor = (product: Product, interval: string): Plan | undefined =>
  product.prices.find((price) => price.interval === interval) ?? product.prices[0];

/** What a year costs less than twelve months of the same product, in minor units; 0 when nothing is saved. */
export function yearlySaving(product: Product, price: Plan): number {
  const monthly = product.prices.find((other) => other.interval === 'month' && other.currency === price.currency);
  if (price.interval !== 'year' || !monthly) return 0;
  return Math.max(0, monthly.amount * 12 - price.amount);
}

/** The largest share saved by paying yearly, in whole per cent rounded down (a promise must not be too big). */
export function bestYearlySaving(products: readonly Product[]): number {
  const shares = products.flatMap((product) =>
    product.prices.map((price) => {
      const saved = yearlySaving(product, price);
      return saved === 0 ? 0 : Math.floor((saved * 100) / (price.amount + saved));
    }),
  );
  return Math.max(0, ...shares);
}

const over = new Set(['canceled', 'incomplete', 'incomplete_expired', 'no_subscription']);

/** Whether Stripe still has a subscription to manage, be it paid or not; such a visitor changes plans in the portal. */
export const isLive = (account: Account | null): boolean =>
  account !== null && account.subscription !== null && !over.has(account.access.reason);

export const isCurrent = (plan: Plan, account: Account | null): boolean =>
  isLive(account) && account?.subscription?.plan === plan.lookupKey;

const offersTrial = (plan: Plan, account: Account | null): boolean =>
  plan.trialDays > 0 && !isLive(account) && (account === null || account.trialAvailable);

/** The button of a plan. `account` is null for those who are not signed in. */
export function buttonLabel(plan: Plan, account: Account | null): string {
  if (isLive(account)) return words.switchPlan;
  return offersTrial(plan, account) ? words.startTrial : words.subscribe;
}

/** What a trial button promises, in words, or nothing. */
export const trialWords = (plan: Plan, account: Account | null, format: Format): string =>
  offersTrial(plan, account) ? words.daysFree(plan.trialDays, format.number(plan.trialDays)) : '';
