import { payAddress } from '../../billing/charge.ts';
import type { StoredRun, Totals } from '../../billing/charge-run.ts';
import type { ChargeReport, Failure, Unpaid } from '../../clients/charges/report.ts';
import type { Survey } from '../../clients/charges/survey.ts';

/** What a program reads of a pass. */
export function reportJson({ run, failed, unpaid, ...report }: ChargeReport, siteUrl: string) {
  const plain = failed.map(({ error, ...who }) => ({ ...who, cause: messageOf(error) }));
  return {
    run: runJson(run),
    ...report,
    ...sumOf(run, report.totals),
    unpaid: linked(unpaid, run, siteUrl),
    failed: plain,
  };
}

export function surveyJson({ unpaid, ...survey }: Survey, run: StoredRun, siteUrl: string) {
  return { run: runJson(run), ...survey, ...sumOf(run, survey.totals), unpaid: linked(unpaid, run, siteUrl) };
}

export const runJson = ({ id, amount, currency, description, on, status }: StoredRun) => ({
  id,
  amount,
  currency,
  description,
  on,
  status,
});

const sumOf = ({ amount }: StoredRun, { succeeded = 0 }: Totals) => ({ charged: succeeded * amount });

const linked = (unpaid: readonly Unpaid[], { id }: StoredRun, siteUrl: string) =>
  unpaid.map((each) => ({ ...each, link: payAddress(siteUrl, id) }));

export const titleOf = ({ id, amount, currency, description, on }: StoredRun): string =>
  `${id}: ${money(amount, currency)} "${description}", on ${on}`;

export function reportLines({ run, totals, settledNow, unpaid, failed }: ChargeReport, siteUrl: string): string[] {
  return [
    ...unpaidLines(unpaid, run, siteUrl),
    ...failed.map(failureLine),
    '',
    ...totalLines(run, totals),
    row(failed.length, 'could not be charged; the next run tries again'),
    `${settledNow} of them by this run.`,
  ];
}

export function surveyLines({ totals, unpaid, chargeable }: Survey, run: StoredRun, siteUrl: string): string[] {
  const toCharge = chargeable === null ? [] : [row(chargeable, `would be charged, ${sum(run, chargeable)} in all`)];
  return [...unpaidLines(unpaid, run, siteUrl), '', ...totalLines(run, totals), ...toCharge];
}

function totalLines(run: StoredRun, totals: Totals): string[] {
  const { succeeded = 0, declined = 0, action_required: asked = 0, no_card: none = 0 } = totals;
  const { processing = 0, canceled = 0 } = totals;
  return [
    row(succeeded, `charged, ${sum(run, succeeded)} in all`),
    row(declined, 'declined'),
    row(asked, 'to be confirmed by the customer'),
    row(none, 'without a saved card'),
    ...(processing > 0 ? [row(processing, 'under way')] : []),
    ...(canceled > 0 ? [row(canceled, 'canceled at Stripe')] : []),
  ];
}

const row = (count: number, what: string): string => `${String(count).padStart(8)}  ${what}`;

function unpaidLines(unpaid: readonly Unpaid[], { id }: StoredRun, siteUrl: string): string[] {
  const lines = unpaid.map(
    ({ userId, customerId, status, declineCode }) =>
      `${status === 'declined' ? 'declined  ' : 'to confirm'} ${userId}, customer ${customerId}: ${declineCode ?? 'no reason given'}`,
  );
  return lines.length === 0 ? [] : [...lines, '', `Where they pay, signed in: ${payAddress(siteUrl, id)}`];
}

const failureLine = ({ userId, customerId, error }: Failure): string =>
  `failed     ${userId}, customer ${customerId}: ${messageOf(error)}`;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const sum = ({ amount, currency }: StoredRun, count: number): string => money(amount * count, currency);

/** @param amount in the currency's minor unit, of which each currency has its own number */
function money(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'code' });
  const { maximumFractionDigits: digits = 2 } = format.resolvedOptions();
  return `${(amount / 10 ** digits).toFixed(digits)} ${currency}`;
}
