import { comparePage } from './compare.ts';
import type { Context, ReconcileParts } from './context.ts';
import { applyUndelivered } from './events.ts';
import { walkRecords } from './records.ts';
import { reconcileRuns, type Run } from './runs.ts';
import { undeliveredEvents } from './undelivered.ts';

export interface Ending {
  /** `stopped`: the next run goes on from here; `taken over`: another one does already. */
  readonly ended: 'finished' | 'stopped' | 'taken over';
  readonly run: Run;
}

/**
 * First the events that were not delivered, then every subscription of the account against its record, repaired by the
 * same rule as an event, then every live record: whether Stripe knows it, and whether a user has two. How far it came is
 * kept after each page. What fails does not keep the rest from being looked at; it is in the report.
 *
 * @throws when Stripe's list or the table cannot be read: what was found so far is kept, and the next run goes on
 */
export async function reconcile(parts: ReconcileParts): Promise<Ending> {
  const runs = reconcileRuns(parts.table);
  const context = contextOf(parts);
  let run = await applyUndelivered(context, await runs.take(parts.now));
  for (;;) {
    if ((await runs.save(run)) === 'taken over') return { ended: 'taken over', run };
    if (run.cursor.phase === 'done') return { ended: 'finished', run };
    if (context.stop()) return { ended: 'stopped', run };
    run = await step(context, run);
  }
}

function step(context: Context, run: Run): Promise<Run> | Run {
  const { cursor } = run;
  if (cursor.phase === 'subscriptions') return comparePage(context, run, cursor.after);
  return cursor.phase === 'records' ? walkRecords(context, run, cursor) : run;
}

function contextOf(parts: ReconcileParts): Context {
  const { stripe, pace, apiVersion, now, stop = () => false, pageSize = 100, asks = 500 } = parts;
  const undelivered = undeliveredEvents(stripe, pace, apiVersion, now);
  return { ...parts, stop, pageSize, undelivered, shown: new Set(), askable: { left: asks } };
}
