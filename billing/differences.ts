import type { SubscriptionRecord } from './subscription.ts';

export type Fields = Readonly<Record<string, string | number | boolean | null>>;

/** What differs between two records: the same fields on both sides. */
export interface Differences {
  /** Null when there was no record. */
  readonly before: Fields | null;
  readonly after: Fields;
  /** The earlier record lacks fields, and differs in nothing else: a version of this code wrote it that did not keep them. */
  readonly onlyNewFields: boolean;
}

export function differences(before: SubscriptionRecord | undefined, after: SubscriptionRecord): Differences {
  if (before === undefined) return { before: null, after: { ...after }, onlyNewFields: false };
  const known = new Map<string, Fields[string]>(Object.entries(before));
  const changed = Object.entries(after).filter(([field, value]) => known.get(field) !== value);
  return {
    before: Object.fromEntries(changed.map(([field]) => [field, known.get(field) ?? null])),
    after: Object.fromEntries(changed),
    onlyNewFields: changed.every(([field]) => !known.has(field)),
  };
}
