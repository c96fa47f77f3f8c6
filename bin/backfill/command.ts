import type Stripe from 'stripe';
import { backfill } from '../../clients/backfill/backfill.ts';
import type { BackfillReport, Import } from '../../clients/backfill/report.ts';
import { paced } from '../../clients/pace.ts';
import { customerRecords } from '../../clients/records/customers.ts';
import { accountOf } from '../command-line/account.ts';
import { command, UsageError, type ExitCode } from '../command-line/command.ts';
import { wholeNumber } from '../command-line/numbers.ts';
import { progressOn } from '../command-line/progress.ts';
import { openStack, rateOption, stackOptions } from '../command-line/stack.ts';
import { readMapping } from './mapping.ts';
import { importIn, reportIn } from './words.ts';

/** `npm run operator -- backfill` */
export const backfillCommand = command({
  name: 'backfill',
  summary: 'import the subscriptions that the Stripe account had before, or beside, this stack',
  help: `
Goes through every subscription of the account. Whose each is, you say: by a file (--map), or by a key that stands in the
customers' metadata (--user-key). A user's id is the "sub" of the sign-in's tokens. An email links nothing.

First it only says what it would do. With --apply it does it: the customer is recorded for the user, the customer and the live
subscriptions say at Stripe whose they are (metadata userId), and the record is written by the rule that the webhook
follows. A user who has another customer, and a customer who is another user's, are conflicts: named and left alone. It can
be interrupted and repeated: what is there already is left as it is.

Exit status 1 when there are conflicts, or something failed.`,
  options: {
    ...stackOptions,
    map: {
      type: 'string',
      value: 'FILE',
      help: 'whose the customers are: a CSV file that begins with the line customerId,userId,\nor a JSON file like {"cus_...": "user id"}',
    },
    'user-key': {
      type: 'string',
      value: 'KEY',
      help: "the key of the customers' metadata that holds the user's id; --map goes before",
    },
    apply: { type: 'boolean', help: 'do it, instead of only saying what would be done' },
    rate: rateOption,
  },
  async run({ values, terminal }) {
    const pace = paced({ perSecond: wholeNumber('rate', values.rate, [1, 90]) });
    const mapped = await mappingOf(values.map, values['user-key']);
    const stack = await openStack(values, terminal.env);
    const apply = values.apply === true;
    const progress = progressOn(terminal, 'Looked at');
    const found = (one: Import, { seen }: BackfillReport) => {
      const line = values.json ? undefined : importIn(one, apply);
      if (line !== undefined) progress.over(line);
      progress.at(seen);
    };
    const stop = () => terminal.signal.aborted;
    const customers = customerRecords(stack.table);
    const report = await backfill({ ...accountOf(stack), customers, pace, mapped, apply, stop, found });
    progress.end();
    if (values.json) terminal.out(JSON.stringify({ applied: apply, ...report }));
    else for (const line of reportIn(report, apply)) terminal.out(line);
    return statusOf(report);
  },
});

/** @throws UsageError when nothing says whose the customers are */
async function mappingOf(file: string | undefined, key: string | undefined) {
  if (file === undefined && key === undefined)
    throw new UsageError('Say whose the customers are: --map FILE, or --user-key KEY.');
  const users = file === undefined ? new Map<string, string>() : await readMapping(file);
  return (customerId: string, metadata: Stripe.Metadata): string | undefined =>
    users.get(customerId) ?? (key === undefined ? undefined : metadata[key]);
}

function statusOf({ stopped, conflicts, failed }: BackfillReport): ExitCode {
  if (stopped) return 130;
  return conflicts + failed > 0 ? 1 : 0;
}
