import type Stripe from 'stripe';

export interface Period {
  readonly start: number;
  readonly end: number;
}
export type Every = Pick<Stripe.Price.Recurring, 'interval' | 'interval_count'>;

const DAY = 24 * 60 * 60;

const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month + 1, 0)).getUTCDate();

/** The same day and time `months` later; a day that the month has not becomes its last: 31 January, 28 February, 31 March. */
export function addMonths(anchor: number, months: number): number {
  const date = new Date(anchor * 1000);
  const month = date.getUTCMonth() + months;
  const first = new Date(Date.UTC(date.getUTCFullYear(), month, 1));
  const day = Math.min(date.getUTCDate(), daysInMonth(first.getUTCFullYear(), first.getUTCMonth()));
  return Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), day) / 1000 + (anchor % DAY);
}

/** The n-th period boundary. Counted from the anchor, never from the boundary before, so that a clamped day comes back. */
export function boundary(anchor: number, { interval, interval_count: count }: Every, n: number): number {
  switch (interval) {
    case 'day':
      return anchor + n * count * DAY;
    case 'week':
      return anchor + n * count * 7 * DAY;
    case 'year':
      return addMonths(anchor, n * count * 12);
    default:
      return addMonths(anchor, n * count);
  }
}

/** The first boundary after a time. All times are whole seconds. */
export function nextBoundary(anchor: number, every: Every, after: number): number {
  let n = 0;
  while (boundary(anchor, every, n) <= after) n += 1;
  return boundary(anchor, every, n);
}

export const periodFrom = (start: number, anchor: number, every: Every): Period => ({
  start,
  end: nextBoundary(anchor, every, start),
});
