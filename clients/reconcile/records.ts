import { isLive, type SubscriptionRecord } from '../../billing/subscription.ts';
import { subscriptionFrom, type Item } from '../records/items.ts';
import { scanRecords, type Place } from '../records/many.ts';
import { isSubscriptionKey, subscriptionKey } from '../records/table.ts';
import { attempt, noted, type Context } from './context.ts';
import type { Finding } from './report.ts';
import type { Carried, Cursor, Run } from './runs.ts';

type AtRecords = Extract<Cursor, { readonly phase: 'records' }>;

/** A live record of the table, and whose it is. */
interface LiveRecord {
  readonly userId: string;
  readonly record: SubscriptionRecord;
}

/** How many items of the table are looked at for each of Stripe's list. */
const ITEMS_EACH = 5;

/** Walks a page of the table's records: live ones that Stripe does not know, users with several, and what was not announced. */
export async function walkRecords(context: Context, run: Run, { after, carried }: AtRecords): Promise<Run> {
  const { items, next } = await scanRecords(context.table, after, context.pageSize * ITEMS_EACH);
  let at = await withAnnouncements(context, run, items, after);
  let user = carried;
  for (const live of liveRecords(items)) {
    if (context.stop()) return at;
    if (user?.userId !== live.userId) at = withDuplicate(context, at, user);
    user = carriedOn(user, live);
    at = await lookedAt(context, at, live);
    at = { ...at, cursor: { phase: 'records', after: subscriptionKey(live.userId, live.record.id), carried: user } };
  }
  if (next) return { ...at, cursor: { phase: 'records', after: next, carried: user } };
  return { ...withDuplicate(context, at, user), cursor: { phase: 'done' } };
}

/** Live ones only: an ended subscription gives nothing to anybody. What cannot be read is named where it is compared. */
function liveRecords(items: readonly Item[]): LiveRecord[] {
  return items.flatMap((item) => {
    const record = isSubscriptionKey(item['sk']) ? recordOf(item) : undefined;
    return record && isLive(record) ? [{ userId: String(item['pk']), record }] : [];
  });
}

function recordOf(item: Item): SubscriptionRecord | undefined {
  try {
    return subscriptionFrom(item).record;
  } catch {
    return undefined;
  }
}

/** All records of a user follow each other, so a user is known when the next one comes. */
function carriedOn(carried: Carried | null, { userId, record }: LiveRecord): Carried {
  if (carried?.userId === userId) return { ...carried, live: [...carried.live, record.id] };
  return { userId, customerId: record.customerId, live: [record.id] };
}

function withDuplicate(context: Context, run: Run, user: Carried | null): Run {
  if (!user || user.live.length < 2) return run;
  const { userId, customerId, live } = user;
  return noted(context, run, { kind: 'duplicate', duplicate: { userId, customerId, subscriptionIds: live } });
}

async function lookedAt(context: Context, run: Run, { userId, record }: LiveRecord): Promise<Run> {
  const finding = await attempt(record.id, async (): Promise<Finding | undefined> => {
    const missing = await isMissing(context, record.id);
    return missing ? { kind: 'missing', missing: { userId, subscriptionId: record.id } } : undefined;
  });
  return finding ? noted(context, run, finding) : run;
}

/** Access that time alone has changed, so that no event tells of it, and whatever else was not announced. */
async function withAnnouncements(context: Context, run: Run, items: readonly Item[], from: Place | null): Promise<Run> {
  const { access, stop } = context;
  let at = run;
  for (const userId of access?.unannounced(items, from) ?? []) {
    if (stop()) return at;
    const failure = await attempt(userId, async () => void (await access?.announce(userId)));
    if (failure) at = noted(context, at, failure);
  }
  return at;
}

/**
 * What Stripe has shown in its list, it knows. Asked for are the others: those of before an interruption, or just made. Of very many
 * only the first are: an account that no one process gets through has hundreds of thousands of them, days of asking, and the
 * rest of the walk would wait for it. Decision 31.
 */
async function isMissing({ shown, askable, pace, subscriptions }: Context, subscriptionId: string): Promise<boolean> {
  if (shown.has(subscriptionId) || askable.left === 0) return false;
  askable.left -= 1;
  return (await pace(() => subscriptions.fetch(subscriptionId))) === undefined;
}
