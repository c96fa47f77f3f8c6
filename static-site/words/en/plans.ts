/** The plans: cards, prices and their buttons. */
import { plural } from '../plural.ts';

/** By which products have their words in `plans.json`. */
export const language = 'en';

export const billing = 'Billing';
/** Stripe's `recurring.interval`, as a choice. */
export const intervals = { day: 'Daily', week: 'Weekly', month: 'Monthly', year: 'Yearly' };
/** Beside the choice of yearly billing. @param share written with its sign: `16%` */
export const save = (share: string): string => `save ${share}`;
export const savesAYear = (amount: string): string => `Saves ${amount} a year`;
export const orPrice = (price: string): string => `or ${price}`;
export const yourPlan = 'Your plan';
export const recommended = 'Recommended';
export const subscribe = 'Subscribe';
export const startTrial = 'Start free trial';
export const switchPlan = 'Switch to this plan';
/** @param written the number of days as the visitor writes it */
export const daysFree = (days: number, written: string): string =>
  plural(language, days, { one: 'First day free', other: `First ${written} days free` });
