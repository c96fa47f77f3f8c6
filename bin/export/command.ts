import { writeFile } from 'node:fs/promises';
import { whose } from '../../clients/explain/whose.ts';
import { isNothing, personalData } from '../../clients/personal/export.ts';
import { accountOf } from '../command-line/account.ts';
import { nowSeconds } from '../command-line/clock.ts';
import { command } from '../command-line/command.ts';
import { oneId } from '../command-line/one-id.ts';
import { openStack, stackOptions } from '../command-line/stack.ts';
import { exportDocument } from './document.ts';

/** `npm run operator -- export <user | customer | subscription>` */
export const exportCommand = command({
  name: 'export',
  takes: '<user | customer | subscription>',
  summary: 'everything that is held about a user, as one JSON document for them',
  help: `
Takes a user's id, a Stripe customer's (cus_...) or a subscription's (sub_...), and writes what the table and Stripe hold
about that user: for a request of access or of data portability (GDPR, articles 15 and 20). The document begins by saying
what each part is. It is personal data: it goes to nobody but that person, by a way that is safe. Changes nothing.

Exit status 1 when nothing is held about them.`,
  options: {
    ...stackOptions,
    to: { type: 'string', value: 'FILE', help: 'a new file, readable by you alone, instead of standard output' },
    json: { type: 'boolean', help: 'nothing changes: the document is JSON anyway' },
  },
  async run({ values, positionals, terminal }) {
    const asked = oneId('export', positionals);
    const stack = await openStack(values, terminal.env);
    const { userId } = await whose(accountOf(stack), asked);
    if (userId === undefined)
      throw new Error(`${asked} is of none of our users. Look: npm run operator -- explain ${asked}`);
    const data = await personalData(stack.stripe, stack.table, userId);
    if (isNothing(data)) throw new Error(`Nothing is held about ${userId}. Is it the user's id, as explain shows it?`);
    const json = JSON.stringify(exportDocument(data, stack.outputs.siteUrl, nowSeconds()), null, 2);
    if (values.to === undefined) terminal.out(json);
    else await writeNew(values.to, json);
    if (values.to !== undefined) terminal.note(`Written to ${values.to}, for you alone to read.`);
    return 0;
  },
});

/** Readable by its owner alone, which only a file that is made now is for sure. */
async function writeNew(file: string, json: string): Promise<void> {
  try {
    await writeFile(file, `${json}\n`, { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    throw new Error(`${file} could not be made. Name a file that is not there yet, in a folder that is.`, { cause });
  }
}
