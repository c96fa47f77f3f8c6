import { differences } from '../../billing/differences.ts';
import { sameRecord, type SubscriptionRecord } from '../../billing/subscription.ts';
import { isErased, subscriptionFrom, type Item } from '../records/items.ts';
import { readMany } from '../records/many.ts';
import { whoseIs, type ListedSubscription } from '../subscriptions.ts';
import { attempt, noted, type Context } from './context.ts';
import { EMPTY, type Finding, type Repair } from './report.ts';
import type { Run } from './runs.ts';

interface Owned {
  readonly userId: string | undefined;
  readonly listed: SubscriptionRecord;
}

/** Compares a page of Stripe's list, and goes on after it; after the last, with the table's records. */
export async function comparePage(context: Context, run: Run, after: string | null): Promise<Run> {
  const { subscriptions, pace, pageSize, shown, stop } = context;
  const page = await pace(() => subscriptions.page(after ?? undefined, pageSize));
  if (!page) return { ...run, cursor: { phase: 'subscriptions', after: null }, report: EMPTY };
  let at = run;
  for (const [id, look] of await comparisons(context, page.subscriptions)) {
    if (stop()) return at;
    shown.add(id);
    at = noted(context, { ...at, cursor: { phase: 'subscriptions', after: id } }, await attempt(id, look));
  }
  return page.more ? at : { ...at, cursor: { phase: 'records', after: null, carried: null } };
}

/** A subscription's id, and what to do to learn how it stands. */
type Comparison = readonly [subscriptionId: string, look: () => Promise<Finding>];

/**
 * A page of Stripe's list against the records, which are read by one call. A list is only good for comparing: what differs
 * goes through the same read, fetch and conditional write as any other fetch.
 */
async function comparisons(context: Context, subscriptions: readonly ListedSubscription[]): Promise<Comparison[]> {
  const owned = await Promise.all(subscriptions.map((each) => withOwner(context, each)));
  const names = owned.flatMap(({ userId, listed }) =>
    userId === undefined ? [] : [{ userId, subscriptionId: listed.id }],
  );
  const items = await readMany(context.table, names);
  return owned.map((each) => [each.listed.id, () => finding(context, each, items.get(each.listed.id))]);
}

async function withOwner({ users }: Context, listed: ListedSubscription): Promise<Owned> {
  return { userId: await whoseIs(users, listed), listed: listed.record };
}

async function finding(context: Context, { userId, listed }: Owned, item: Item | undefined): Promise<Finding> {
  if (userId === undefined || (item && isErased(item))) return { kind: 'unowned', subscriptionId: listed.id };
  const known = item && subscriptionFrom(item).record;
  if (known && sameRecord(known, listed)) return { kind: 'equal' };
  return repair(context, userId, listed.id);
}

/** The record is read again first: it may have been brought up to date since the list was made. */
async function repair(context: Context, userId: string, subscriptionId: string): Promise<Finding> {
  const { records, sync, pace, undelivered } = context;
  const before = await records.read(userId, subscriptionId);
  // Asked before the repair: an event that is delivered meanwhile is no mystery either.
  const expected = await undelivered.isAbout(subscriptionId);
  const outcome = await pace(() => sync.refetch(subscriptionId, userId));
  if (outcome === 'missing') return { kind: 'missing', missing: { userId, subscriptionId } };
  if (outcome === 'unowned') return { kind: 'unowned', subscriptionId };
  if (outcome === 'unchanged') return { kind: 'equal' };
  const after = await records.read(userId, subscriptionId);
  if (!after) throw new Error(`The record of ${subscriptionId} is gone again.`);
  const { onlyNewFields, ...changed } = differences(before?.record, after.record);
  const because: Repair['because'] = expected ? 'undelivered' : onlyNewFields ? 'new fields' : 'unexplained';
  return { kind: 'repaired', repair: { userId, subscriptionId, ...changed, because } };
}
