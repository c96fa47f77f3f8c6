import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readFile } from 'node:fs/promises';
import { parsePlans } from '../../billing/plans.ts';
import { connectStripe } from '../../clients/stripe.ts';
import type { Change } from './change.ts';
import { stripeKeysFrom } from './credentials.ts';
import { readOutputs } from './outputs.ts';
import { setup } from './setup.ts';

/** `npm run operator -- setup` */
export async function runSetup(options: { outputs: string; stack: string | undefined }): Promise<void> {
  const stripeKeys = stripeKeysFrom(process.env);
  const plans = parsePlans(JSON.parse(await readFile(new URL('../../plans.json', import.meta.url), 'utf8')));
  const { siteUrl, webhookUrl, secretId } = await readOutputs(options.outputs, options.stack);
  await setup({
    stripe: connectStripe(stripeKeys.secretKey, process.env['STRIPE_API_BASE']),
    stripeKeys,
    plans,
    siteUrl,
    webhook: { url: webhookUrl },
    secrets: new SecretsManagerClient({}),
    secretId,
    report: printChange,
  });
  process.stdout.write(`\nSet up. The page: ${siteUrl}\n`);
}

function printChange({ what, outcome }: Change): void {
  process.stdout.write(`${outcome.padEnd(10)} ${what}\n`);
}
