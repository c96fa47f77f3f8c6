import type { Outcome } from '../sync.ts';
import { attempt, noted, type Context } from './context.ts';
import type { Finding } from './report.ts';
import type { Run } from './runs.ts';

const APPLIED: ReadonlySet<Outcome> = new Set(['saved', 'refetched', 'card_adopted', 'dispute_ended']);

/** A run that goes on looks at them once more: meanwhile there may be others. */
export async function applyUndelivered(context: Context, run: Run): Promise<Run> {
  const { undelivered, pace, sync, stop } = context;
  let after: Run = { ...run, report: { ...run.report, undelivered: 0 } };
  for await (const event of undelivered.events(run.eventsSince)) {
    if (stop()) return after;
    const finding = await attempt(event.id, async (): Promise<Finding> => {
      const outcome = await pace(() => sync.event(event));
      return { kind: 'event', applied: APPLIED.has(outcome) };
    });
    after = noted(context, after, finding);
  }
  return after;
}
