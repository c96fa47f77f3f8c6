import { readKeys } from '../../clients/secrets.ts';
import { connectStripe } from '../../clients/stripe.ts';
import { command } from '../command-line/command.ts';
import { findStack, stackOptions, type StackAddress } from '../command-line/stack.ts';
import type { Change } from './change.ts';
import { stripeKeysFrom, type StripeKeys } from './credentials.ts';
import { readPlans } from './plans.ts';
import { setup, type SetupOptions } from './setup.ts';

/** `npm run operator -- setup` */
export const setupCommand = command({
  name: 'setup',
  summary: 'make the Stripe account equal to plans.json, and put its keys into the stack',
  help: `
Makes products, prices, billing portal and webhook endpoint at Stripe equal to plans.json, and puts the keys into the
stack's secret. As often as you like: it changes only what differs. Interrupted, it is simply run again.

Wants STRIPE_SECRET_KEY and STRIPE_PUBLISHABLE_KEY, and AWS credentials as the AWS CLI uses them; with --local neither.`,
  options: stackOptions,
  async run({ values, terminal }) {
    const ofEnv = values.local === true ? undefined : stripeKeysFrom(terminal.env);
    const plans = await readPlans();
    const stack = await findStack(values, terminal.env);
    const { stripeKeys, webhook } = ofEnv ? deployed(stack, ofEnv) : await local(stack);
    const changes: Change[] = [];
    const report = (change: Change) => {
      changes.push(change);
      if (!values.json) terminal.out(`${change.outcome.padEnd(10)} ${change.what}`);
    };
    const { siteUrl, secretId } = stack.outputs;
    const stripe = connectStripe(stripeKeys.secretKey, stack.stripeBase);
    await setup({ stripe, stripeKeys, plans, siteUrl, webhook, secrets: stack.secrets, secretId, report });
    terminal.out(values.json ? JSON.stringify({ changes, siteUrl }) : `\nSet up. The page: ${siteUrl}`);
    return 0;
  },
});

type Account = Pick<SetupOptions, 'webhook'> & { readonly stripeKeys: StripeKeys };

const deployed = ({ outputs }: StackAddress, stripeKeys: StripeKeys): Account => ({
  stripeKeys,
  webhook: { url: outputs.webhookUrl },
});

/** With the keys that `npm start` uses; when the Stripe CLI delivers, its secret stays. */
async function local({ secrets, outputs }: StackAddress): Promise<Account> {
  const { publishableKey, secretKey, webhookEndpoint, webhookSecrets } = await readKeys(secrets, outputs.secretId);
  const [secret] = webhookSecrets;
  const listening = webhookEndpoint === '' && secret !== undefined;
  return {
    stripeKeys: { publishableKey, secretKey },
    webhook: listening ? { secret } : { url: outputs.webhookUrl },
  };
}
