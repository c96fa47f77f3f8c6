import { paced } from '../../clients/pace.ts';
import { accountOf } from '../command-line/account.ts';
import { nowSeconds } from '../command-line/clock.ts';
import { command, UsageError, type ExitCode, type Values } from '../command-line/command.ts';
import { findStack, openStack, stackOptions } from '../command-line/stack.ts';
import type { Terminal } from '../command-line/terminal.ts';
import { stripeKeysFrom } from '../setup/credentials.ts';
import { rotateKeys } from './keys.ts';
import { rotateWebhook, type Rotated } from './webhook.ts';
import { keysWords, tooEarly, webhookWords } from './words.ts';

/** A fraction of what Stripe allows, for the few pages of events that there are. */
const PER_SECOND = 10;

const options = {
  ...stackOptions,
  finish: { type: 'boolean', help: 'webhook: end the rotation that is under way; begin none' },
  now: { type: 'boolean', help: 'webhook: end it without waiting for the day to pass' },
} as const;

type RotateValues = Values<typeof options>;

/** `npm run operator -- rotate <webhook | keys>` */
export const rotateCommand = command({
  name: 'rotate',
  takes: '<webhook | keys>',
  summary: 'another webhook secret, or other API keys, without losing an event',
  help: `
rotate webhook  makes a second webhook endpoint at the same address, whose secret is accepted beside the old one. A day
                later, run again, it applies what only the old endpoint had still to deliver, deletes that endpoint, and
                forgets its secret. Until the day has passed it says how things stand.
rotate keys     puts the keys of STRIPE_SECRET_KEY and STRIPE_PUBLISHABLE_KEY into the stack, after proving that they are of
                the same account and mode and may do what is needed. Make them in the Stripe dashboard first, and delete
                the old ones there when this says so.

Interrupted anywhere, it is simply run again: how far it came is at Stripe and in the stack's secret.

Exit status 1 when it could not be done, or when --finish comes before the day has passed.`,
  options,
  async run({ values, positionals, terminal }) {
    const [what, ...others] = positionals;
    if (others.length > 0 || (what !== 'webhook' && what !== 'keys'))
      throw new UsageError('rotate takes one of two words: webhook, or keys.');
    if (what === 'webhook') return webhook(values, terminal);
    if (values.finish || values.now) throw new UsageError('--finish and --now are for rotate webhook.');
    return keys(values, terminal);
  },
});

async function webhook(values: RotateValues, terminal: Terminal): Promise<ExitCode> {
  const stack = await openStack(values, terminal.env);
  const { finish = false, now: atOnce = false } = values;
  const place = { ...stack, secretId: stack.outputs.secretId, url: stack.outputs.webhookUrl };
  const { sync } = accountOf(stack);
  const rotated = await rotateWebhook({ ...place, sync, pace: paced({ perSecond: PER_SECOND }), finish, atOnce });
  if (values.json) terminal.out(JSON.stringify(rotated));
  else for (const line of webhookWords(rotated)) terminal.out(line);
  return finish ? refusal(rotated, terminal) : 0;
}

function refusal(rotated: Rotated, terminal: Terminal): ExitCode {
  if (rotated.state !== 'waiting') return 0;
  terminal.note(`\n${tooEarly(rotated.endsAt)}`);
  return 1;
}

async function keys(values: RotateValues, terminal: Terminal): Promise<ExitCode> {
  const wanted = stripeKeysFrom(terminal.env);
  const rotated = await rotateKeys(await findStack(values, terminal.env), wanted, nowSeconds());
  if (values.json) terminal.out(JSON.stringify(rotated));
  else for (const line of keysWords(rotated)) terminal.out(line);
  return 0;
}
