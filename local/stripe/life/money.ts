import type Stripe from 'stripe';

/** An amount in the currency's minor unit, as people read it: `$29.00`. */
export function formatMoney(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency: currency.toUpperCase() });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}

/** `month`, `3 months`. */
const formatInterval = ({ interval, interval_count: count }: Stripe.Price.Recurring): string =>
  count === 1 ? interval : `${count} ${interval}s`;

/** `$29.00 / month`. */
export function formatPrice(price: Stripe.Price): string {
  const amount = formatMoney(price.unit_amount ?? 0, price.currency);
  return price.recurring === null ? amount : `${amount} / ${formatInterval(price.recurring)}`;
}

/** `23 Nov 2026`. @param at whole seconds */
export const formatDate = (at: number): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(at * 1000));
