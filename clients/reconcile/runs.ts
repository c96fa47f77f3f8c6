import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { at } from '../../billing/json.ts';
import { NO_USERS } from '../../billing/metadata.ts';
import { accepted } from '../records/conditions.ts';
import type { Place } from '../records/many.ts';
import type { Table } from '../records/table.ts';
import { EMPTY, type Report } from './report.ts';

/** How far a run has come. Subscriptions first, then the table's records; each goes on after the place that is named. */
export type Cursor =
  | { readonly phase: 'subscriptions'; readonly after: string | null }
  | { readonly phase: 'records'; readonly after: Place | null; readonly carried: Carried | null }
  | { readonly phase: 'done' };

/** The live subscriptions of the user at whom a page of the table ended: the next page may have more of them. */
export interface Carried {
  readonly userId: string;
  readonly customerId: string;
  readonly live: readonly string[];
}

/** A run through the account, however many interruptions it takes. Times are seconds since 1970. */
export interface Run {
  readonly startedAt: number;
  /** Undelivered events are looked for from here on. */
  readonly eventsSince: number;
  /** How many subscriptions the last finished run saw; null when there was none. */
  readonly expected: number | null;
  readonly cursor: Cursor;
  readonly report: Report;
}

export interface Runs {
  /** How the last run stands; undefined when there was none. */
  last(): Promise<Run | undefined>;
  /** Goes on with the run that was interrupted, or begins one. Whoever was at it is told at its next `save`. */
  take(now: number): Promise<Run>;
  save(run: Run): Promise<'saved' | 'taken over'>;
}

const KEY = { pk: NO_USERS.reconcile, sk: 'run' };
const DAY = 86_400;

/** For so long Stripe keeps events, and for so long it tries to deliver them, with a day to spare. */
const EVENTS_KEPT = 30 * DAY;
const DELIVERY_TRIED = 4 * DAY;

/** An older run is begun anew: what it has compared may have changed since. */
const STALE = DAY;

/**
 * The one item that says how far a run has come, each write on condition that nobody else wrote. Of two runs at once, so, the
 * later goes on from where the earlier was, and the earlier ends; a page may be compared twice, which changes nothing.
 */
export function reconcileRuns(table: Table): Runs {
  let version = 0;

  async function read(): Promise<Run | undefined> {
    const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: KEY, ConsistentRead: true }));
    const stored: unknown = Item?.['version'];
    version = typeof stored === 'number' ? stored : 0;
    const run: unknown = Item?.['run'];
    return isRun(run) ? run : undefined;
  }

  async function write(run: Run): Promise<boolean> {
    const update = new UpdateCommand({
      TableName: table.name,
      Key: KEY,
      UpdateExpression: 'SET #run = :run, #version = :next',
      ConditionExpression: version === 0 ? 'attribute_not_exists(pk)' : '#version = :read',
      ExpressionAttributeNames: { '#run': 'run', '#version': 'version' },
      ExpressionAttributeValues: { ':run': run, ':next': version + 1, ...(version > 0 && { ':read': version }) },
    });
    const written = await accepted(table.client.send(update));
    if (written) version += 1;
    return written;
  }

  return {
    last: read,
    async take(now) {
      for (;;) {
        const last = await read();
        const run = last && goesOn(last, now) ? last : begun(last, now);
        if (await write(run)) return run;
      }
    },
    save: async (run) => ((await write(run)) ? 'saved' : 'taken over'),
  };
}

const goesOn = ({ cursor, startedAt }: Run, now: number): boolean => cursor.phase !== 'done' && now - startedAt < STALE;

function begun(last: Run | undefined, now: number): Run {
  const finished = last?.cursor.phase === 'done';
  const since = finished ? last.startedAt - DELIVERY_TRIED : (last?.eventsSince ?? 0);
  return {
    startedAt: now,
    eventsSince: Math.max(since, now - EVENTS_KEPT),
    expected: finished ? last.report.seen : (last?.expected ?? null),
    cursor: { phase: 'subscriptions', after: null },
    report: EMPTY,
  };
}

/** Written by the function above alone; but for one of another version, the run begins anew. */
function isRun(value: unknown): value is Run {
  const phase = at(value, 'cursor', 'phase');
  const known = phase === 'subscriptions' || phase === 'records' || phase === 'done';
  return (
    known && typeof at(value, 'startedAt') === 'number' && typeof at(value, 'report', 'failed', 'count') === 'number'
  );
}
