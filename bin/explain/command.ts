import { explain } from '../../clients/explain/explain.ts';
import { accountOf } from '../command-line/account.ts';
import { nowSeconds } from '../command-line/clock.ts';
import { command } from '../command-line/command.ts';
import { oneId } from '../command-line/one-id.ts';
import { openStack, stackOptions } from '../command-line/stack.ts';
import { adviceOn } from './advice.ts';
import { wordsOf } from './words.ts';

/** `npm run operator -- explain <user | customer | subscription>` */
export const explainCommand = command({
  name: 'explain',
  takes: '<user | customer | subscription>',
  summary: 'what a user may do and why, from which records, and what Stripe says now',
  help: `
Takes a user's id, a Stripe customer's (cus_...) or a subscription's (sub_...). Says whether the user has access and by
which rule, shows the records with the time at which they were true, compares them with Stripe as it is now, and lists the
events of the last thirty days with their delivery. Changes nothing.

Exit status 1 when something is off: the last lines say what to do.`,
  options: stackOptions,
  async run({ values, positionals, terminal }) {
    const asked = oneId('explain', positionals);
    const stack = await openStack(values, terminal.env);
    const policy = { graceDays: stack.outputs.graceDays };
    const told = await explain({ ...accountOf(stack), policy, now: nowSeconds() }, asked);
    const advice = adviceOn(told);
    if (values.json) terminal.out(JSON.stringify({ ...told, advice }));
    else for (const line of wordsOf(told, advice)) terminal.out(line);
    return advice.length > 0 ? 1 : 0;
  },
});
