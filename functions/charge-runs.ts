import { isDue, type StoredRun } from '../billing/charge-run.ts';
import { charging } from '../clients/charges/charging.ts';
import { payments } from '../clients/charges/payments.ts';
import type { ChargeReport } from '../clients/charges/report.ts';
import { carryOut, type RunParts } from '../clients/charges/run.ts';
import { paced } from '../clients/pace.ts';
import { chargeRuns } from '../clients/records/charge-runs.ts';
import { chargeRecords } from '../clients/records/charges.ts';
import { payersPages } from '../clients/records/payers.ts';
import { nowSeconds } from './shared/env.ts';
import { job } from './shared/job.ts';
import { stripeAndKeys } from './shared/keys.ts';
import { describe, log } from './shared/log.ts';
import { count } from './shared/metrics.ts';
import { table } from './shared/table.ts';

/** Calls to Stripe a second: less than half of what a sandbox allows, so that nobody's checkout has to wait. */
const PER_SECOND = 10;

/** The longest that one charge may take is a bank's half minute, twice, and Stripe's limit. */
const MARGIN_MS = 120_000;

const runs = chargeRuns(table);
const payers: RunParts['payers'] = (after) => payersPages(table, after);

/**
 * On a schedule: carries out the charge runs that are due, and goes on with those that were interrupted. It stops before
 * its time is over, and the next one goes on. Fails at its end when anybody could not be charged.
 */
export const handler = job(async ({ left }) => {
  const due = (await runs.all()).filter((run) => isDue(run, nowSeconds())).toSorted((a, b) => (a.on < b.on ? -1 : 1));
  if (due.length === 0) return;
  const { stripe } = await stripeAndKeys();
  const pace = paced({ perSecond: PER_SECOND });
  const stop = () => left() < MARGIN_MS;
  const parts = { records: chargeRecords(table), payments: payments(stripe, pace), now: nowSeconds };
  let failed = 0;
  for (const run of due) {
    if (stop()) break;
    failed += tell(run, await carryOut({ runs, payers, charging: charging(parts), stop }, run));
  }
  if (failed > 0) throw new Error(`${failed} could not be charged; the log names them. The next run tries again.`);
});

/** A line for each customer who is to pay or could not be charged, and one for the run. @returns how many failed */
function tell({ id, amount, currency }: StoredRun, report: ChargeReport): number {
  const { ended, settledNow, totals, unpaid, failed } = report;
  for (const { userId, customerId, status, declineCode } of unpaid)
    log.warn('charge not paid', { runId: id, userId, customerId, status, declineCode });
  for (const { userId, customerId, error } of failed)
    log.error('not charged', { runId: id, userId, customerId, cause: describe(error) });
  log.info('charge run', { runId: id, amount, currency, ended, settledNow, ...totals, failed: failed.length });
  if (ended !== 'finished' && ended !== 'over') count({ ChargeRunsUnfinished: 1 });
  return failed.length;
}
