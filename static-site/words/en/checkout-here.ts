/** Paying on this page. */
export const subscribeTo = (plan: string): string => `Subscribe to ${plan}`;
/** Of the form, for a screen reader. */
export const payment = 'Payment';
export const dueToday = 'Due today:';
/** @param date the trial's last day @param price such as "$29.00 a month" */
export const afterTrial = (date: string, price: string): string => `Free until ${date}, then ${price}`;
export const cancelAnyTime = 'It renews by itself until you cancel, which you can do here at any time.';
export const paying = 'Paying…';
/** Stripe.js did not come. */
export const blocked =
  'The payment form could not be loaded. Check your connection; if a blocker keeps scripts of stripe.com away, allow them for this page.';
