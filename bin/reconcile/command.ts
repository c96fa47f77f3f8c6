import { paced } from '../../clients/pace.ts';
import { reconcile, type Ending } from '../../clients/reconcile/reconcile.ts';
import { needsALook, type Finding } from '../../clients/reconcile/report.ts';
import type { Run } from '../../clients/reconcile/runs.ts';
import { accountOf } from '../command-line/account.ts';
import { nowSeconds } from '../command-line/clock.ts';
import { command, type ExitCode } from '../command-line/command.ts';
import { wholeNumber } from '../command-line/numbers.ts';
import { progressOn } from '../command-line/progress.ts';
import { openStack, rateOption, stackOptions } from '../command-line/stack.ts';
import type { Terminal } from '../command-line/terminal.ts';
import { endedIn, findingIn, reportIn } from './words.ts';

/** `npm run operator -- reconcile` */
export const reconcileCommand = command({
  name: 'reconcile',
  summary: 'bring every record up to what Stripe has, and say what differed',
  help: `
Applies the events that Stripe could not deliver, then compares every subscription of the account with its record, and
repairs what differs by the rule that the webhook follows. Then it looks for records that Stripe does not know, and for
users who pay twice. The stack does the same every six hours.

Ctrl-C ends it where it is; started again within a day, it goes on from there. Two at once do no harm: the later one
goes on from where the earlier one was, and the earlier one ends.

Exit status 1 when something could not be looked at or wants a look: unexplained, duplicates, unknown to Stripe.`,
  options: { ...stackOptions, rate: rateOption },
  async run({ values, terminal }) {
    const perSecond = wholeNumber('rate', values.rate, [1, 90]);
    const stack = await openStack(values, terminal.env);
    const progress = progressOn(terminal, 'Compared');
    const found = (finding: Finding, { report, expected }: Run) => {
      const line = values.json ? undefined : findingIn(finding);
      if (line !== undefined) progress.over(line);
      progress.at(report.seen, expected !== null && expected >= report.seen ? expected : undefined);
    };
    const ending = await reconcile({
      ...accountOf(stack),
      ...untilInterrupted(terminal),
      pace: paced({ perSecond }),
      found,
    });
    progress.end();
    const { report, startedAt } = ending.run;
    if (values.json) terminal.out(JSON.stringify({ ended: ending.ended, startedAt, ...report }));
    else for (const line of [...reportIn(report), endedIn(ending)]) terminal.out(line);
    return statusOf(ending, terminal);
  },
});

const untilInterrupted = ({ signal }: Terminal) => ({
  now: nowSeconds(),
  stop: () => signal.aborted,
});

function statusOf({ ended, run }: Ending, { signal }: Terminal): ExitCode {
  if (signal.aborted && ended === 'stopped') return 130;
  return ended === 'finished' && !needsALook(run.report) ? 0 : 1;
}
