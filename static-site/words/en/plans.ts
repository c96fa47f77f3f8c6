/** The plans: cards, prices and their buttons. */
export const billing = 'Billing';
/** Stripe's `recurring.interval`, as a choice. */
export const intervals = { day: 'Daily', week: 'Weekly', month: 'Monthly', year: 'Yearly' };
/** Beside the choice of yearly billing. @param share written with its sign: `16%` */
export const save = (share: string): string => `save ${share}`;
export const savesAYear = (amount: string): string => `Saves ${amount} a year`;
export const orPrice = (price: string): string => `or ${price}`;
export const yourPlan = 'Your plan';
export const subscribe = 'Subscribe';
export const startTrial = 'Start free trial';
export const switchPlan = 'Switch to this plan';
export const daysFree = (days: number): string => (days === 1 ? 'First day free' : `First ${days} days free`);
