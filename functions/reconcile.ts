import { paced } from '../clients/pace.ts';
import { reconcile, type Ending } from '../clients/reconcile/reconcile.ts';
import type { Finding, Repair } from '../clients/reconcile/report.ts';
import { API_VERSION } from '../clients/stripe-api.ts';
import { subscriptions } from '../clients/subscriptions.ts';
import { announce, unannounced } from './shared/announce.ts';
import { disputePolicy } from './shared/disputes.ts';
import { nowSeconds } from './shared/env.ts';
import { job } from './shared/job.ts';
import { log } from './shared/log.ts';
import { count } from './shared/metrics.ts';
import { records, user } from './shared/records.ts';
import { connect } from './shared/sync.ts';
import { table } from './shared/table.ts';

/** Calls to Stripe a second: a fraction of what a sandbox allows, so that nobody's checkout has to wait. */
const PER_SECOND = 10;

/** The longest that one thing may take is half a minute of waiting for Stripe's limit; what is kept at the end, a moment. */
const MARGIN_MS = 60_000;

const policy = disputePolicy();

/**
 * On a schedule: what the webhook missed, and whether every record equals Stripe. All that it finds is a line of the log and
 * a count. It stops before its time is over, and the next one goes on. Fails at its end when anything could not be looked at.
 */
export const handler = job(async ({ left }) => {
  const { stripe, sync } = await connect(policy);
  const { ended, run } = await reconcile({
    stripe,
    subscriptions: subscriptions(stripe),
    table,
    records,
    users: user,
    sync,
    apiVersion: API_VERSION,
    pace: paced({ perSecond: PER_SECOND }),
    now: nowSeconds(),
    stop: () => left() < MARGIN_MS,
    found: tell,
    access: { announce, unannounced },
  });
  conclude(ended, run);
});

function tell(finding: Finding): void {
  switch (finding.kind) {
    case 'repaired':
      return tellRepair(finding.repair);
    case 'duplicate': {
      const { customerId, userId } = finding.duplicate;
      log.error('several live subscriptions', { customerId, userId });
      return count({ DuplicateSubscriptions: 1 });
    }
    case 'missing':
      log.error('unknown to Stripe', { ...finding.missing });
      return count({ UnknownToStripe: 1 });
    case 'failed':
      return log.error('not reconciled', { ...finding.failure });
    default:
      return undefined;
  }
}

function tellRepair({ before, after, because, ...names }: Repair): void {
  log.warn('repaired', { ...names, because, before: JSON.stringify(before), after: JSON.stringify(after) });
  count({ DriftRepaired: 1, Unexplained: because === 'unexplained' ? 1 : 0 });
}

function conclude(ended: Ending['ended'], { report, startedAt }: Ending['run']): void {
  const { undelivered, applied, seen, equal, repaired, unexplained, duplicates, unowned, missing, failed } = report;
  const counts = { undelivered, applied, seen, equal, unexplained, startedAt, ended };
  const listed = { repaired: repaired.count, duplicates: duplicates.count, unowned: unowned.count };
  log.info('reconciled', { ...counts, ...listed, missing: missing.count, failed: failed.count });
  count({ UndeliveredEvents: undelivered });
  if (failed.count > 0) throw new Error(`${failed.count} could not be reconciled; the log names them.`);
}
