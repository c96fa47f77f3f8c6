import { differencesOf, dayOf, isDue, type StoredRun } from '../../billing/charge-run.ts';
import { charging } from '../../clients/charges/charging.ts';
import { payments, type Payments } from '../../clients/charges/payments.ts';
import type { ChargeReport } from '../../clients/charges/report.ts';
import { carryOut, type Payers } from '../../clients/charges/run.ts';
import { survey } from '../../clients/charges/survey.ts';
import { paced } from '../../clients/pace.ts';
import { chargeRuns, type ChargeRuns } from '../../clients/records/charge-runs.ts';
import { chargeRecords } from '../../clients/records/charges.ts';
import { payersPages } from '../../clients/records/payers.ts';
import { nowSeconds } from '../command-line/clock.ts';
import { command, UsageError, type ExitCode, type Given } from '../command-line/command.ts';
import { wholeNumber } from '../command-line/numbers.ts';
import { progressOn } from '../command-line/progress.ts';
import { openStack, stackOptions, type OpenStack } from '../command-line/stack.ts';
import { chargeHelp, chargeOptions, RATE } from './help.ts';
import { orderIn } from './order.ts';
import { reportJson, reportLines, runJson, surveyJson, surveyLines, titleOf } from './words.ts';

const options = { ...stackOptions, ...chargeOptions };
type Asked = Given<typeof options>;

/** `npm run operator -- charge` */
export const chargeCommand = command({
  name: 'charge',
  summary: 'charge everybody with a saved card, once, now or on a day',
  help: chargeHelp,
  options,
  async run(asked) {
    const { values, terminal } = asked;
    const perSecond = wholeNumber('rate', values.rate ?? RATE, [1, 90]);
    const order = orderIn(values, dayOf(nowSeconds()));
    const stack = await openStack(values, terminal.env);
    const runs = chargeRuns(stack.table);
    if (values.withdraw === true) return withdraw(runs, order.id, asked);
    const dry = values['dry-run'] === true;
    const run = await runOf(runs, order, dry);
    const job = { stack, run, asked, pays: payments(stack.stripe, paced({ perSecond })) };
    if (dry || run.status === 'finished' || run.status === 'withdrawn') return look(job, dry);
    return isDue(run, nowSeconds()) ? carry(job, runs) : planned(job);
  },
});

interface Job {
  readonly stack: OpenStack;
  readonly run: StoredRun;
  readonly asked: Asked;
  readonly pays: Payments;
}

/** The run of this name, made now if it was described. @throws UsageError when there is none, or another of its name */
async function runOf(runs: ChargeRuns, order: ReturnType<typeof orderIn>, dry: boolean): Promise<StoredRun> {
  const known = await runs.read(order.id);
  if (!('amount' in order)) {
    if (known) return known;
    throw new UsageError(
      `There is no charge ${order.id} yet. Say --amount, --currency, --description and --on or --now.`,
    );
  }
  const planned: StoredRun = { ...order, status: 'planned', place: null, totals: null };
  const run = known ?? (dry ? planned : await runs.add(order));
  const different = differencesOf(run, order);
  if (different.length === 0) return run;
  const was = different.map((field) => `${field} ${run[field]}`).join(', ');
  throw new UsageError(`There is a charge ${run.id} already, with ${was}. It stays as it is: take another name.`);
}

async function withdraw(runs: ChargeRuns, id: string, { values, terminal }: Asked): Promise<ExitCode> {
  const run = await runs.read(id);
  if (!run) throw new UsageError(`There is no charge ${id}.`);
  const withdrawn = await runs.withdraw(id);
  const words = withdrawn ? 'Withdrawn: nobody is charged for it any more.' : 'It is finished: refund it at Stripe.';
  terminal.out(values.json ? JSON.stringify({ run: runJson(run), withdrawn }) : `${titleOf(run)}\n${words}`);
  return withdrawn ? 0 : 1;
}

function planned({ run, asked: { values, terminal } }: Job): ExitCode {
  const words = 'Planned: the stack charges it on that day (UTC), within the first hour.';
  terminal.out(values.json ? JSON.stringify({ run: runJson(run) }) : `${titleOf(run)}\n${words}`);
  return 0;
}

const payersOf =
  ({ table }: OpenStack): Payers =>
  (after) =>
    payersPages(table, after);

async function carry({ stack, run, asked, pays }: Job, runs: ChargeRuns): Promise<ExitCode> {
  const { values, terminal } = asked;
  const progress = progressOn(terminal, 'Charged');
  const parts = {
    runs,
    payers: payersOf(stack),
    charging: charging({ records: chargeRecords(stack.table), payments: pays, now: nowSeconds }),
    stop: () => terminal.signal.aborted,
    progress: (seen: number) => progress.at(seen),
  };
  const report = await carryOut(parts, run);
  progress.end();
  const { siteUrl } = stack.outputs;
  if (values.json) terminal.out(JSON.stringify(reportJson(report, siteUrl)));
  else for (const line of [titleOf(run), ...reportLines(report, siteUrl), ENDED[report.ended]]) terminal.out(line);
  return statusOf(report);
}

const ENDED: Readonly<Record<ChargeReport['ended'], string>> = {
  finished: '\nFinished.',
  unfinished: '\nNot finished: the stack goes on within the hour, or start it again.',
  stopped: '\nInterrupted. Start it again: it goes on from here. The stack does so within the hour.',
  'gave up': '\nEnded, because nobody could be charged any more. Start it again when that is mended.',
  over: '\nIt was finished or withdrawn meanwhile.',
};

function statusOf({ ended, failed }: ChargeReport): ExitCode {
  if (ended === 'stopped') return 130;
  return failed.length > 0 || ended === 'gave up' ? 1 : 0;
}

async function look({ stack, run, asked, pays }: Job, dry: boolean): Promise<ExitCode> {
  const { values, terminal } = asked;
  const progress = progressOn(terminal, 'Looked at');
  const parts = {
    payers: payersOf(stack),
    records: chargeRecords(stack.table),
    ...(dry && { payments: pays }),
    stop: () => terminal.signal.aborted,
    progress: (seen: number) => progress.at(seen),
  };
  const found = await survey(parts, run);
  progress.end();
  const { siteUrl } = stack.outputs;
  if (values.json) terminal.out(JSON.stringify(surveyJson(found, run, siteUrl)));
  else for (const line of [`${titleOf(run)} (${run.status})`, ...surveyLines(found, run, siteUrl)]) terminal.out(line);
  return found.whole ? 0 : 130;
}
