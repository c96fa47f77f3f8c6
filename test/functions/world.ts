import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import plansFile from '../../plans.json' with { type: 'json' };
import { parsePlans } from '../../billing/plans.ts';
import { setup } from '../../bin/setup/setup.ts';
import { connectStripe } from '../../clients/stripe.ts';
import { startStripeSimulator } from '../../local/stripe/server.ts';
import { createWitness } from '../local/stripe/truth/witness.ts';
import { startBus } from '../support/bus.ts';
import { startTable } from '../support/dynamo.ts';
import { MEMBERS_KEY } from '../support/members-key.ts';
import { memorySecret } from '../support/secret.ts';

export { bodyOf, httpEvent, type Call } from '../support/http-event.ts';

export const WEBHOOK_SECRET = 'whsec_test';
export const SITE = 'https://site.example';
const KEYS = { secretKey: 'sk_test_functions', publishableKey: 'pk_test_functions' };

/** What the functions run in: a table, a secret, an identity provider, and Stripe, each real or as good as. */
export async function startWorld() {
  const table = await startTable();
  const witness = await createWitness('all');
  const stripeServer = await startStripeSimulator(witness.watching);
  const identity = await startIdentity();
  const bus = await startBus();
  const secret = memorySecret();
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: await table.client.config.endpoint?.().then(urlOf),
    STRIPE_API_BASE: stripeServer.url,
    AWS_ENDPOINT_URL_EVENTBRIDGE: bus.url,
    ACCESS_CHANGES_BUS: 'changes',
    TABLE_NAME: table.name,
    SECRET_ID: 'secret',
    SITE_URL: SITE,
    OIDC_ISSUER: identity.url,
    OIDC_CLIENT_ID: 'client',
    GRACE_DAYS: '7',
    DISPUTES: process.env['DISPUTES'] ?? 'keep',
    ...MEMBERS_KEY,
    ROUTES: 'GET /api/config,POST /api/checkout,GET /api/checkout/{sessionId}',
  });
  const stripe = connectStripe(KEYS.secretKey, stripeServer.url);
  const configure = () =>
    setup({
      stripe,
      stripeKeys: KEYS,
      plans: parsePlans(plansFile),
      siteUrl: SITE,
      webhook: { secret: WEBHOOK_SECRET },
      secrets: new SecretsManagerClient({}),
      secretId: 'secret',
      report: () => {},
    });
  return {
    table,
    stripe,
    /** The simulator's address. */
    simulator: stripeServer.url,
    identity,
    bus,
    secret,
    configure,
    stop: async () => {
      secret.restore();
      await Promise.all([table.stop(), stripeServer.stop(), identity.stop(), bus.stop()]);
      witness.swear();
    },
  };
}

export type World = Awaited<ReturnType<typeof startWorld>>;

function urlOf({
  protocol,
  hostname,
  port,
}: {
  protocol: string;
  hostname: string;
  port?: number | undefined;
}): string {
  return `${protocol}//${hostname}:${port}`;
}

/** A provider that knows each bearer by the token itself: `Bearer ada` is user `ada`, whose email is verified. */
async function startIdentity() {
  const server: Server = createServer((request, response) => {
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    const address = server.address() as AddressInfo;
    const discovery = { userinfo_endpoint: `http://127.0.0.1:${address.port}/userinfo` };
    const info = {
      sub: token,
      email: `${token.replace(/\+.*/, '')}@example.com`,
      email_verified: !token.startsWith('unverified'),
    };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url === '/userinfo' ? info : discovery));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Pays on the hosted page, as a person would. */
export async function payWith(url: string, card: string): Promise<Response> {
  const form = new URLSearchParams({ number: card, expiration: '12/34', cvc: '123', name: 'A Person' });
  const headers = { origin: new URL(url).origin };
  return fetch(url, { method: 'POST', body: form, headers, redirect: 'manual' });
}
