import type { SubscriptionRecord } from './subscription.ts';

/** A month of the calendar, in UTC: `2026-11`. Times are seconds since 1970. */
export interface Month {
  readonly name: string;
  readonly from: number;
  /** When the next one begins. */
  readonly to: number;
}

/** The last so many months up to the one that `now` is in, the earliest first. */
export function monthsUpTo(now: number, count: number): Month[] {
  const date = new Date(now * 1000);
  const begin = (offset: number) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1) / 1000;
  return Array.from({ length: count }, (_, index) => {
    const from = begin(index - count + 1);
    return { name: new Date(from * 1000).toISOString().slice(0, 7), from, to: begin(index - count + 2) };
  });
}

/** What became of subscriptions in a month. Those that were only tried, and first payments that were never made, do not count. */
export interface Churn {
  readonly month: string;
  /** Held when it began. */
  readonly atStart: number;
  readonly began: number;
  readonly ended: number;
  /** Held when it ended, or are held now. */
  readonly atEnd: number;
  /**
   * Of those that were held at some time in it, the part that ended; null when there were none.
   *
   * @see https://docs.stripe.com/billing/subscriptions/analytics/glossary
   */
  readonly rate: number | null;
}

export function churnIn(records: readonly SubscriptionRecord[], { name, from, to }: Month): Churn {
  const lives = records.flatMap((record) => {
    const began = paidSince(record);
    return began === undefined ? [] : [{ began, ended: record.endedAt ?? Infinity }];
  });
  const atStart = lives.filter((life) => life.began < from && life.ended >= from).length;
  const began = lives.filter((life) => life.began >= from && life.began < to).length;
  const ended = lives.filter((life) => life.ended >= from && life.ended < to).length;
  const held = atStart + began;
  return { month: name, atStart, began, ended, atEnd: held - ended, rate: held === 0 ? null : ended / held };
}

/**
 * Since when a subscription is paid: since it was made, or since its trial was over. Undefined when it is not, as while it is
 * tried, when it ended with its trial or paused at its end, and when the first payment was never made.
 */
export function paidSince({ status, createdAt, trialEnd, endedAt }: SubscriptionRecord): number | undefined {
  if (['trialing', 'paused', 'incomplete', 'incomplete_expired'].includes(status)) return undefined;
  const since = Math.max(createdAt, trialEnd ?? createdAt);
  return endedAt !== null && endedAt <= since ? undefined : since;
}
