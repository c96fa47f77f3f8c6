import { generateKeyPairSync } from 'node:crypto';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import plansFile from '../plans.json' with { type: 'json' };
import { parsePlans } from '../billing/plans.ts';
import { setup } from '../bin/setup/setup.ts';
import { connectStripe } from '../clients/stripe.ts';
import { startSecrets } from '../local/secrets/server.ts';
import { secretStore } from '../local/secrets/store.ts';
import { startStripeSimulator } from '../local/stripe/server.ts';
import { startBus } from '../test/support/bus.ts';
import { countCalls } from '../test/support/counting.ts';
import { startTable } from '../test/support/dynamo.ts';
import { MEMBERS_KEY } from '../test/support/members-key.ts';
import { countedTable } from './world/counted.ts';
import { startIdentity } from './world/identity.ts';
import { CREDENTIALS, SITE, STRIPE_KEYS, WEBHOOK_SECRET, type Outside, type Taken } from './world/outside.ts';

/*
 * All that the functions call, in a process of its own: what it costs is not theirs. It says where it is, and what was asked of it
 * whenever it is told anything; it ends when whoever started it does.
 */
Object.assign(process.env, CREDENTIALS);
const table = await startTable();
const { protocol, hostname, port } = (await table.client.config.endpoint?.()) ?? {};
const dynamo = `${protocol}//${hostname}:${port}`;
const counted = await countedTable(dynamo);
const simulator = await startStripeSimulator();
const stripe = await countCalls(simulator.url);
const bus = await startBus();
const store = secretStore();
store.create('stripe', 'stripe');
const membersKey = store.create(MEMBERS_KEY.MEMBERS_KEY_SECRET_ID, MEMBERS_KEY.MEMBERS_KEY_SECRET_ID);
store.put(membersKey, privateKeyLikeCloudFronts());
const secrets = await startSecrets(store, async () => undefined);
await setup({
  stripe: connectStripe(STRIPE_KEYS.secretKey, simulator.url),
  stripeKeys: STRIPE_KEYS,
  plans: parsePlans(plansFile),
  siteUrl: SITE,
  webhook: { secret: WEBHOOK_SECRET },
  secrets: new SecretsManagerClient({ endpoint: secrets.url }),
  secretId: 'stripe',
  report: () => {},
});

const outside: Outside = {
  tableName: table.name,
  dynamo,
  countedDynamo: counted.url,
  stripe: simulator.url,
  countedStripe: stripe.url,
  secrets: secrets.url,
  eventBridge: bus.url,
  identity: await startIdentity(),
};
const taken = (): Taken => ({ dynamo: counted.taken(), stripe: stripe.taken(), announced: bus.told.splice(0).length });

process.on('message', () => process.send?.(taken()));
process.on('disconnect', () => process.exit());
process.send?.(outside);

/** As long as a deployment makes it: how long signing takes depends on that. */
function privateKeyLikeCloudFronts(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
}
