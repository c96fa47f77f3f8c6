import { randomBytes } from 'node:crypto';
import type { AdapterPayload, Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { Accounts, User } from './accounts.ts';
import { faultPage, signedOutPage, signOutPage } from './pages.ts';
import { show, signInPath } from './sign-in.ts';
import { createStore } from './store.ts';
import type { TokenSigner } from './tokens.ts';
import type { UserPoolClient } from './user-pool-client.ts';

/** The paths of a user pool's domain, as Cognito has them. */
export const routes = {
  authorization: '/oauth2/authorize',
  token: '/oauth2/token',
  userinfo: '/oauth2/userInfo',
  revocation: '/oauth2/revoke',
  end_session: '/logout',
  jwks: '/.well-known/jwks.json',
};

const HOUR = 3600;
const YEAR = 365 * 24 * HOUR;

export interface Pool {
  readonly accounts: Accounts;
  readonly clients: ReadonlyMap<string, UserPoolClient>;
  readonly signer: TokenSigner;
}

/** The provider's settings: what a Cognito user pool with managed login does, with PKCE made a must. */
export function configuration({ accounts, clients, signer }: Pool): Configuration {
  const lifetime = (field: 'accessTokenSeconds' | 'idTokenSeconds' | 'refreshTokenSeconds') => (clientId: string) =>
    clients.get(clientId)?.[field] ?? HOUR;
  const [access, id, refresh] = [
    lifetime('accessTokenSeconds'),
    lifetime('idTokenSeconds'),
    lifetime('refreshTokenSeconds'),
  ];

  return {
    adapter: createStore((clientId) => clientMetadata(clientId, clients.get(clientId))),
    jwks: { keys: [signer.jwk] },
    routes,
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    responseTypes: ['code'],
    scopes: ['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin'],
    claims: { openid: ['sub', 'username', 'cognito:username', 'token_use'], email: ['email', 'email_verified'] },
    // Cognito puts the user's attributes into the ID token as well.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    clientAuthMethods: ['none'],
    clientBasedCORS: () => true,
    features: {
      devInteractions: { enabled: false },
      // What Cognito does not offer.
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => show(ctx, 200, signOutPage(form)),
        postLogoutSuccessSource: (ctx) => show(ctx, 200, signedOutPage()),
      },
    },
    interactions: { url: (_ctx, interaction) => signInPath(interaction.uid) },
    findAccount: (_ctx, sub) => account(accounts.find(sub)),
    loadExistingGrant: grantWithoutAsking,
    // As Cognito does: every code answers a refresh token, which outlives the sign-in page's session.
    issueRefreshToken: () => true,
    expiresWithSession: () => false,
    rotateRefreshToken: (ctx) => clients.get(ctx.oidc.client?.clientId ?? '')?.rotateRefreshTokens ?? false,
    renderError: (ctx, out) =>
      show(ctx, ctx.status, faultPage(out.error, out.error_description ?? 'Something went wrong.')),
    ttl: {
      AccessToken: (_ctx, _token, client) => access(client.clientId),
      IdToken: (_ctx, _token, client) => id(client.clientId),
      RefreshToken: (_ctx, _token, client) => refresh(client.clientId),
      AuthorizationCode: 5 * 60,
      Interaction: HOUR,
      Session: HOUR,
      Grant: YEAR,
    },
  };
}

function clientMetadata(clientId: string, client: UserPoolClient | undefined): AdapterPayload | undefined {
  if (!client) return undefined;
  return {
    client_id: clientId,
    token_endpoint_auth_method: 'none',
    redirect_uris: [...client.callbackUrls],
    post_logout_redirect_uris: [...client.logoutUrls],
    response_types: ['code'],
    grant_types: ['authorization_code', 'refresh_token'],
    require_auth_time: true,
    scope: client.scopes.join(' '),
  };
}

function account(user: User | undefined) {
  return (
    user && {
      accountId: user.sub,
      claims: (use: string) => ({
        sub: user.sub,
        email: user.email,
        // Cognito says it with a string at userinfo, and with a boolean in the ID token.
        ...(use === 'userinfo'
          ? { email_verified: 'true', username: user.sub }
          : { email_verified: true, 'cognito:username': user.sub, token_use: 'id' }),
      }),
    }
  );
}

/** Cognito never asks whether the app may know: signing in is consent to all that the client is allowed. */
async function grantWithoutAsking(ctx: KoaContextWithOIDC) {
  const { client, session, provider } = ctx.oidc;
  if (!client || !session?.accountId) return undefined;
  const known = session.grantIdFor(client.clientId);
  const grant = known ? await provider.Grant.find(known) : undefined;
  if (grant) return grant;
  const fresh = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  fresh.addOIDCScope(client.scope ?? 'openid');
  await fresh.save();
  return fresh;
}
