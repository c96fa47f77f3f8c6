import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Stripe from 'stripe';
import plansFile from '../../../plans.json' with { type: 'json' };
import { parsePlans } from '../../../billing/plans.ts';
import { examine } from '../../../bin/doctor/examine.ts';
import type { Finding } from '../../../bin/doctor/finding.ts';
import { setup } from '../../../bin/setup/setup.ts';
import { readKeys, writeKeys, type Keys } from '../../../clients/secrets.ts';
import { connectStripe } from '../../../clients/stripe.ts';
import { verifiedEvent } from '../../../clients/webhook.ts';
import { startStripeSimulator, type StripeSimulator } from '../../../local/stripe/server.ts';
import { createWitness } from '../../local/stripe/truth/witness.ts';
import { startTable } from '../../support/dynamo.ts';
import { memorySecret } from '../../support/secret.ts';

const STRIPE_KEYS = { secretKey: 'sk_test_doctor', publishableKey: 'pk_test_doctor' };
const plans = parsePlans(plansFile);

/** How the deployed stack answers, when not as it should: a status and a body for a path. */
export type Answers = Map<string, readonly [status: number, body: string]>;

/** A business that was set up and is well, again before each test. */
export async function startPatient() {
  const witness = await createWitness('all');
  const secrets = new SecretsManagerClient({ region: 'us-east-1' });
  const secret = memorySecret();
  const table = await startTable();
  const stack = await startStack(secrets);
  const outputs = {
    siteUrl: stack.url,
    webhookUrl: `${stack.url}/webhook`,
    secretId: 'secret',
    tableName: table.name,
    issuer: 'https://issuer.example',
    graceDays: 7,
    disputes: 'keep' as const,
  };
  const healthy = await startStripeSimulator(witness.watching);
  await setup({
    stripe: connectStripe(STRIPE_KEYS.secretKey, healthy.url),
    stripeKeys: STRIPE_KEYS,
    plans,
    siteUrl: outputs.siteUrl,
    webhook: { url: outputs.webhookUrl },
    secrets,
    secretId: 'secret',
    report: () => {},
  });
  const snapshot = healthy.snapshot();
  await healthy.stop();
  const keys = await readKeys(secrets, 'secret');

  return {
    async begin() {
      const simulator = await startStripeSimulator({ ...witness.watching, snapshot });
      stack.answers.clear();
      await writeKeys(secrets, 'secret', keys);
      const address = { outputs, secrets, table, stripeBase: simulator.url };
      return patient({ simulator, secrets, keys, address, answers: stack.answers });
    },
    async stop(): Promise<void> {
      secret.restore();
      await Promise.all([table.stop(), stack.stop()]);
      witness.swear();
    },
  };
}

export type Patient = ReturnType<typeof patient>;

type Address = Awaited<ReturnType<Parameters<typeof examine>[0]['find']>>;

interface PatientParts {
  readonly simulator: StripeSimulator;
  readonly secrets: SecretsManagerClient;
  readonly keys: Keys;
  readonly address: Address;
  readonly answers: Answers;
}

function patient({ simulator, secrets, keys, address, answers }: PatientParts) {
  const stripe: Stripe = connectStripe(STRIPE_KEYS.secretKey, simulator.url);
  return {
    simulator,
    stripe,
    answers,
    keys,
    address,
    keep: (changed: Partial<Keys>) => writeKeys(secrets, 'secret', { ...keys, ...changed }),
    /** As if setup had never run. */
    forget: () => secrets.send(new PutSecretValueCommand({ SecretId: 'secret' })),
    async examined(find = async () => address): Promise<Finding[]> {
      const findings: Finding[] = [];
      await examine({ find, plans, found: (finding) => findings.push(finding) });
      return findings;
    },
  };
}

/** Site, API and webhook in one, as the stack answers when it is well. */
async function startStack(secrets: SecretsManagerClient) {
  const answers: Answers = new Map();
  const server = createServer((request, response) => {
    void answerTo(request).then(([status, body, type = 'application/json']) =>
      response.writeHead(status, { 'content-type': type }).end(body),
    );
  });

  async function answerTo(request: IncomingMessage): Promise<readonly [number, string, string?]> {
    const { method, url = '/' } = request;
    const other = answers.get(url);
    if (other) return other;
    if (url === '/') return [200, '<!doctype html>', 'text/html; charset=utf-8'];
    const keys = await readKeys(secrets, 'secret');
    if (url === '/api/config') return [200, JSON.stringify({ publishableKey: keys.publishableKey })];
    if (method === 'GET') return [405, '{"code":"method_not_allowed"}'];
    return webhook(request, keys.webhookSecrets);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    answers,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function webhook(request: IncomingMessage, secrets: readonly string[]): Promise<readonly [number, string]> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  try {
    const body = Buffer.concat(chunks).toString('utf8');
    verifiedEvent(body, String(request.headers['stripe-signature']), secrets);
    return [200, '{"received":true,"outcome":"ignored"}'];
  } catch {
    return [400, '{"code":"invalid_signature"}'];
  }
}
