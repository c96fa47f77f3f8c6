import { writeFile } from 'node:fs/promises';
import { paced } from '../../clients/pace.ts';
import { revenueReport } from '../../clients/revenue/report.ts';
import { command } from '../command-line/command.ts';
import { wholeNumber } from '../command-line/numbers.ts';
import { progressOn } from '../command-line/progress.ts';
import { openStack, rateOption, stackOptions } from '../command-line/stack.ts';
import { pageOf } from './page.ts';
import { textOf } from './text.ts';

/** Where nobody says how wide a line may be. */
const WIDE = 100;

/** `npm run operator -- report` */
export const reportCommand = command({
  name: 'report',
  summary: 'subscribers by plan, recurring revenue, churn and failed payments, by the month',
  help: `
Reads the records of the table, which are as Stripe has them, and asks Stripe for what they do not hold: discounts, and the
invoices of the months. Says how many subscriptions there are by plan and status, what they bring in a month, and for each
month how many began and ended, and how many payments failed and were made later. Months are those of UTC. Changes nothing.

Rules and their sources: docs/operator.md, "Report".`,
  options: {
    ...stackOptions,
    months: {
      type: 'string',
      value: 'N',
      default: '12',
      help: 'how many months, this one among them (12 if not given)',
    },
    html: { type: 'string', value: 'FILE', help: 'the same as a page for a browser, or for paper, too' },
    rate: rateOption,
  },
  async run({ values, terminal }) {
    const months = wholeNumber('months', values.months, [1, 60]);
    const pace = paced({ perSecond: wholeNumber('rate', values.rate, [1, 90]) });
    const { stripe, table, outputs } = await openStack(values, terminal.env);
    const progress = progressOn(terminal, 'Read');
    const report = await revenueReport({ stripe, table, pace, months, read: (count) => progress.at(count) });
    progress.end();
    if (values.json) terminal.out(JSON.stringify(report));
    else for (const line of textOf(report, terminal.width ?? WIDE)) terminal.out(line);
    if (values.html !== undefined) await written(values.html, pageOf(report, outputs.siteUrl));
    if (values.html !== undefined) terminal.note(`\nThe page is in ${values.html}.`);
    return 0;
  },
});

async function written(file: string, html: string): Promise<void> {
  await writeFile(file, html).catch((cause: unknown) => {
    throw new Error(`${file} could not be written. Name a file in a folder that is there.`, { cause });
  });
}
