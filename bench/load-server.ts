import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { join } from 'node:path';
import plansFile from '../plans.json' with { type: 'json' };
import { parsePlans } from '../billing/plans.ts';
import { setup } from '../bin/setup/setup.ts';
import { connectStripe } from '../clients/stripe.ts';
import { makeApp } from '../lib/app.ts';
import type { Build } from '../lib/bundle/bundle.ts';
import { startCloud, type LocalCloud } from '../local/cloud.ts';
import { startStripeSimulator } from '../local/stripe/server.ts';
import { CREDENTIALS, SITE, STRIPE_KEYS, WEBHOOK_SECRET } from './world/outside.ts';

/*
 * The local cloud with what is shipped, or with something else in its place, in a process of its own: it says where its API is,
 * and ends when whoever started it does.
 */
const [built = '', folder = ''] = process.argv.slice(2);
Object.assign(process.env, CREDENTIALS);
/** Whom the local cloud lets do everything. */
const OPERATOR = { accessKeyId: 'operator', secretAccessKey: 'operator' };
const build: Build = JSON.parse(built);
const stripe = await startStripeSimulator();
const assembly = synthesize(build, join(folder, 'assembly'));
const cloud = await startCloud({ assembly, port: 0, environment: { STRIPE_API_BASE: stripe.url } });
await setUp(cloud, stripe.url);
process.on('disconnect', () => process.exit());
process.send?.(cloud.endpoints.api);

/** The stack without the limit of a hundred requests a second, which the API would hold everybody to. */
function synthesize(from: Build, outdir: string): string {
  const app = makeApp(from, { outdir, check: false });
  for (const stage of app.node.findAll())
    if (stage instanceof CfnStage)
      stage.defaultRouteSettings = { throttlingRateLimit: 1_000_000, throttlingBurstLimit: 1_000_000 };
  app.synth();
  return outdir;
}

function setUp({ endpoints, outputs }: LocalCloud, stripeUrl: string): Promise<void> {
  return setup({
    stripe: connectStripe(STRIPE_KEYS.secretKey, stripeUrl),
    stripeKeys: STRIPE_KEYS,
    plans: parsePlans(plansFile),
    siteUrl: SITE,
    webhook: { secret: WEBHOOK_SECRET },
    secrets: new SecretsManagerClient({ endpoint: endpoints.secrets, credentials: OPERATOR }),
    secretId: outputs['SecretId'] ?? '',
    report: () => {},
  });
}
