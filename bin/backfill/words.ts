import type { BackfillReport, Import } from '../../clients/backfill/report.ts';

/** A line for what was, or would be, imported, and for what stands in the way; undefined for all else. */
export function importIn(one: Import, apply: boolean): string | undefined {
  const { subscriptionId, customerId } = one;
  switch (one.kind) {
    case 'imported':
      return `${apply ? 'imported' : 'would import'}  ${subscriptionId} of ${customerId} for user ${one.userId}`;
    case 'conflict':
      return `conflict  ${subscriptionId} of ${customerId}: ${one.why}`;
    case 'failed':
      return `failed  ${subscriptionId} of ${customerId}: ${one.cause}`;
    default:
      return undefined;
  }
}

export function reportIn(report: BackfillReport, apply: boolean): string[] {
  const rows: [number, string][] = [
    [report.seen, 'subscriptions at Stripe'],
    [report.already, 'ours already'],
    [report.imported, apply ? 'imported' : 'to be imported'],
    [report.unmapped, 'left alone: nobody says whose they are'],
    [report.conflicts, 'conflicts, left alone'],
    [report.failed, 'failed'],
  ];
  return ['', ...rows.map(([count, what]) => `${String(count).padStart(8)}  ${what}`), '', nextStep(report, apply)];
}

function nextStep({ stopped, imported, failed }: BackfillReport, apply: boolean): string {
  if (stopped) return 'Interrupted. Start it again: what is there already is left as it is.';
  if (failed > 0) return 'Start it again for those that failed: what is there already is left as it is.';
  if (!apply && imported > 0) return 'Nothing was written. To do it: the same with --apply.';
  return 'Finished.';
}
