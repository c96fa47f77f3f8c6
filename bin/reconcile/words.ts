import type { Fields } from '../../billing/differences.ts';
import type { Ending } from '../../clients/reconcile/reconcile.ts';
import type { Finding, Repair, Report } from '../../clients/reconcile/report.ts';

/** What a finding says to the operator; undefined for what is as it should be. */
export function findingIn(finding: Finding): string | undefined {
  switch (finding.kind) {
    case 'repaired': {
      const { subscriptionId, userId, because } = finding.repair;
      return `repaired   ${subscriptionId} of ${userId}: ${changeIn(finding.repair)} (${BECAUSE[because]})`;
    }
    case 'duplicate': {
      const { userId, customerId, subscriptionIds } = finding.duplicate;
      return `pays twice ${userId}, customer ${customerId}: ${subscriptionIds.join(' and ')} are both live`;
    }
    case 'missing': {
      const { subscriptionId, userId } = finding.missing;
      return `unknown    ${subscriptionId} of ${userId}: live by its record, but Stripe has no such subscription`;
    }
    case 'failed':
      return `failed     ${finding.failure.id}: ${finding.failure.cause}`;
    default:
      return undefined;
  }
}

const BECAUSE: Readonly<Record<Repair['because'], string>> = {
  undelivered: 'an event about it was not delivered',
  'new fields': 'written by an earlier version',
  unexplained: 'unexplained',
};

/** Each field that differed, before and after. */
function changeIn({ before, after }: Pick<Repair, 'before' | 'after'>): string {
  if (before === null) return `no record -> ${String(after['status'])}`;
  return Object.keys(after)
    .map((field) => `${field} ${valueIn(before, field)} -> ${valueIn(after, field)}`)
    .join(', ');
}

const valueIn = (fields: Fields, field: string): string => String(fields[field] ?? 'none');

export function reportIn(report: Report): string[] {
  const { undelivered, applied, seen, equal, repaired, unexplained, duplicates, unowned, missing, failed } = report;
  const rows: [number, string][] = [
    [undelivered, `events that were not delivered; ${applied} of them changed a record`],
    [seen, 'subscriptions at Stripe'],
    [equal, 'equal to their record'],
    [repaired.count, 'repaired'],
    [unexplained, 'of them unexplained'],
    [unowned.count, 'of none of our users'],
    [duplicates.count, 'users with several live subscriptions'],
    [missing.count, 'live records unknown to Stripe'],
    [failed.count, 'could not be looked at'],
  ];
  return ['', ...rows.map(([count, what]) => `${String(count).padStart(8)}  ${what}`), ...adviceOn(report)];
}

function adviceOn({ unexplained, duplicates, unowned, missing, failed }: Report): string[] {
  const advice: [number, string][] = [
    [unexplained, UNEXPLAINED],
    [duplicates.count, 'Who pays twice: end one of the two in the Stripe dashboard, and refund it.'],
    [missing.count, 'Unknown to Stripe: are these the keys of another account, or was the sandbox emptied?'],
    [unowned.count, 'Of none of our users: to import them, see npm run operator -- help backfill'],
    [failed.count, 'What failed is looked at again by the next run.'],
  ];
  const given = advice.flatMap(([count, text]) => (count > 0 ? [text] : []));
  return given.length > 0 ? ['', ...given] : [];
}

const UNEXPLAINED = `Unexplained: every event about these was delivered, and yet the record differed. Was the webhook endpoint disabled or
missing for a while, or the table changed by hand? See docs/operator.md, "When something is unexplained".`;

export function endedIn({ ended, run }: Ending): string {
  const { seen } = run.report;
  if (ended === 'stopped') return `\nInterrupted after ${seen} subscriptions. Start it again: it goes on from here.`;
  if (ended === 'taken over') return `\nAfter ${seen} subscriptions another run took over. It goes on from here.`;
  return '\nFinished.';
}
