import { randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import type { Context } from 'koa';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { Provider } from 'oidc-provider/lib/provider.js';
import { onLoopback } from '../net/loopback.ts';
import { listen } from '../net/server.ts';
import type { Fields } from '../template/fields.ts';
import { createAccounts } from './accounts.ts';
import { asCognitoSays } from './discovery.ts';
import { cognitoLogout } from './logout.ts';
import { configuration, routes, type Pool } from './provider.ts';
import { signIn } from './sign-in.ts';
import { cognitoTokens, createTokenSigner, innerAuthorization } from './tokens.ts';
import { parseUserPoolClient, type UserPoolClient } from './user-pool-client.ts';

export interface IdentityProvider {
  /** What `Fn::GetAtt UserPool.ProviderURL` answers: no trailing slash, and with a path, as Cognito's. */
  readonly issuer: string;
  /** What `https://<prefix>.auth.<region>.amazoncognito.com` is here: where sign-in and tokens are. Not below the issuer's path. */
  readonly domain: string;
  /** Adds an app client by its resolved properties. Ids are 26 characters, as Cognito's. @returns its id */
  addClient(properties: Fields, id?: string): string;
  stop(): Promise<void>;
}

const POOL_PATH = '/local-user-pool';

/**
 * A Cognito user pool with managed login, on 127.0.0.1: a certified OpenID provider with Cognito's paths, tokens and habits.
 * Users live in memory; a user's `sub` follows from the email, so it is the same after a restart.
 * @param options.port its port; a free one if unset
 * @param options.log hears of faults of the provider itself
 */
export async function startIdentityProvider(
  options: { port?: number; log?: (line: string) => void } = {},
): Promise<IdentityProvider> {
  // The issuer's address has the port in it, so the port comes first, and what answers on it a moment later.
  let answer = notReady;
  const door = onLoopback((request, response) => answer(request, response), { browsers: true });
  const listening = await listen(door, options.port);
  const domain = listening.url;
  const issuer = `${domain}${POOL_PATH}`;
  const clients = new Map<string, UserPoolClient>();
  const pool = { accounts: createAccounts(), clients, signer: await createTokenSigner(issuer) };
  answer = requestListener(issuer, pool, options.log ?? (() => {}));

  return {
    issuer,
    domain,
    addClient(properties, id = randomBytes(13).toString('hex')) {
      clients.set(id, parseUserPoolClient(properties));
      return id;
    },
    stop: () => listening.close(),
  };
}

const notReady: RequestListener = (_request, response) => void response.writeHead(503).end();

function requestListener(issuer: string, pool: Pool, log: (line: string) => void): RequestListener {
  const provider = new Provider(issuer, configuration(pool));
  const rotates = (clientId: string) => pool.clients.get(clientId)?.rotateRefreshTokens ?? false;
  provider.on('server_error', (_ctx, error) => log(`[cognito] ${error.stack ?? error.message}`));
  provider.use(async (ctx: Context, next) => {
    if (await signIn(ctx, provider, pool.accounts)) return;
    if (cognitoLogout(ctx, pool.clients)) return;
    if (ctx.path === routes.userinfo && ctx.headers.authorization) {
      ctx.headers.authorization = await innerAuthorization(ctx.headers.authorization, pool.signer);
    }
    await next();
  });
  provider.use(async (ctx: KoaContextWithOIDC, next) => {
    await next();
    asCognitoSays(ctx);
    if (ctx.path === routes.token) await cognitoTokens({ ctx, signer: pool.signer, rotates });
  });
  const answer = provider.callback();
  return (request, response) => void answer(withoutPoolPath(request), response);
}

/** Cognito answers discovery and keys below the issuer, all else on the pool's domain; the provider knows one root. */
function withoutPoolPath(request: IncomingMessage): IncomingMessage {
  if (request.url?.startsWith(`${POOL_PATH}/.well-known/`)) request.url = request.url.slice(POOL_PATH.length);
  return request;
}
