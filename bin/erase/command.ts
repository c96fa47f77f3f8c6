import { erase } from '../../clients/personal/erase.ts';
import { erasurePlan, type ErasurePlan, type Step } from '../../clients/personal/plan.ts';
import { whose } from '../../clients/explain/whose.ts';
import { accountOf } from '../command-line/account.ts';
import { nowSeconds } from '../command-line/clock.ts';
import { command, type ExitCode } from '../command-line/command.ts';
import { oneId } from '../command-line/one-id.ts';
import { openStack, stackOptions, type OpenStack } from '../command-line/stack.ts';
import type { Terminal } from '../command-line/terminal.ts';
import { endingOf, signInAdvice, stepDone, whatStays, wordsOf } from './words.ts';

/** `npm run operator -- erase <user | customer | subscription>` */
export const eraseCommand = command({
  name: 'erase',
  takes: '<user | customer | subscription>',
  summary: 'end and forget a user, but for what the law keeps',
  help: `
Takes a user's id, a Stripe customer's (cus_...) or a subscription's (sub_...). First it only says what it would do, and what
stays all the same. With --apply it does it: open checkouts are expired; subscriptions end at once, nothing is refunded (who
is to get money back gets it first, in the Stripe dashboard); what is owed for charges is given up; the customer is deleted at
Stripe, and our records of customer and subscriptions are deleted. Events that come late bring nothing back.

What they want to keep, give them first: npm run operator -- help export. It can be interrupted and repeated: it goes on with
what is left. The sign-in is the identity provider's: the last line says how to delete it.

Exit status 1 when something was left, as when the user went on buying meanwhile: do it again.`,
  options: {
    ...stackOptions,
    apply: { type: 'boolean', help: 'do it, instead of only saying what would be done' },
  },
  async run({ values, positionals, terminal }) {
    const asked = oneId('erase', positionals);
    const stack = await openStack(values, terminal.env);
    const { userId } = await whose(accountOf(stack), asked);
    if (userId === undefined) throw new Error(`${asked} is of none of our users (any more). Ask by the user's own id.`);
    const plan = await erasurePlan(stack.stripe, stack.table, userId);
    if (!plan.known) throw new Error(`Nothing is held about ${userId}. Is it the user's id, as explain shows it?`);
    const say = (line: string) => (values.json ? undefined : terminal.out(line));
    for (const line of values.apply ? [`User ${userId}`] : wordsOf(plan)) say(line);
    const left = values.apply ? await applied(stack, terminal, userId, say) : plan;
    const stays = whatStays(left);
    const signIn = signInAdvice(userId, stack.outputs.issuer);
    if (values.json) terminal.out(JSON.stringify({ ...left, applied: values.apply === true, stays, signIn }));
    for (const line of endingOf(left, values.apply === true, { stays, signIn })) say(line);
    return values.apply ? statusOf(left, terminal) : 0;
  },
});

/** @returns what was left */
async function applied(
  { stripe, table }: OpenStack,
  { signal }: Terminal,
  userId: string,
  say: (line: string) => void,
): Promise<ErasurePlan> {
  const done = (step: Step) => say(stepDone(step));
  return erase({ stripe, table, now: nowSeconds, stop: () => signal.aborted, done }, userId);
}

function statusOf({ steps }: ErasurePlan, { signal }: Terminal): ExitCode {
  if (steps.length === 0) return 0;
  return signal.aborted ? 130 : 1;
}
