/** The OpenID provider, as the page speaks with it: code + PKCE, refresh, and the addresses to go to. */
import * as words from '#words/faults';
import * as oauth from 'oauth4webapi';
import type { SignInSettings } from './contract.ts';
import { Fault } from './kit.ts';
import type { Provider } from './sign-in.ts';
import type { Tokens } from './tokens.ts';

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Plain http is taken from this machine only: the local provider has no certificate. */
const httpOptions = (issuer: URL): { signal: () => AbortSignal; [oauth.allowInsecureRequests]?: boolean } => ({
  signal: () => AbortSignal.timeout(15_000),
  ...(loopback.has(issuer.hostname) && { [oauth.allowInsecureRequests]: true }),
});

export function createProvider(settings: SignInSettings, now: () => number): Provider {
  const issuer = new URL(settings.issuer);
  const options = httpOptions(issuer);
  // Visitors' clocks are off by minutes; the provider's own checks are what keeps old codes out.
  const client: oauth.Client = { client_id: settings.clientId, [oauth.clockTolerance]: 300 };
  const discover = async (): Promise<oauth.AuthorizationServer> => {
    const response = await oauth.discoveryRequest(issuer, options);
    return oauth.processDiscoveryResponse(issuer, response);
  };
  return {
    authorizationUrl: (pending, redirectUri) =>
      guarded(async () => {
        const { authorization_endpoint: endpoint } = await discover();
        if (!endpoint) throw new Fault('sign_in_failed', { detail: words.signInPageMissing });
        return withParameters(endpoint, {
          client_id: settings.clientId,
          redirect_uri: redirectUri,
          response_type: 'code',
          scope: settings.scope,
          state: pending.state,
          nonce: pending.nonce,
          code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
          code_challenge_method: 'S256',
        });
      }),
    redeem: (url, pending, redirectUri) =>
      guarded(async () => {
        const server = await discover();
        const callback = oauth.validateAuthResponse(server, client, url, pending.state);
        const none = oauth.None();
        const { verifier } = pending;
        const response = await oauth.authorizationCodeGrantRequest(
          server,
          client,
          none,
          callback,
          redirectUri,
          verifier,
          options,
        );
        const checks = { expectedNonce: pending.nonce, requireIdToken: true };
        return toTokens(await oauth.processAuthorizationCodeResponse(server, client, response, checks), now());
      }),
    refresh: (tokens, refreshToken) =>
      guarded(async () => {
        const server = await discover();
        const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), refreshToken, options);
        const renewed = toTokens(await oauth.processRefreshTokenResponse(server, client, response), now());
        // A refresh may leave out what has not changed.
        return {
          ...renewed,
          refreshToken: renewed.refreshToken ?? refreshToken,
          idToken: renewed.idToken ?? tokens.idToken,
          email: renewed.email ?? tokens.email,
        };
      }).catch(noneIfRefused),
    endSessionUrl: (idToken, returnTo) =>
      guarded(async () => {
        const { end_session_endpoint: endpoint } = await discover();
        if (!endpoint) return null;
        // logout_uri is Cognito's own word for post_logout_redirect_uri.
        const parameters = { client_id: settings.clientId, logout_uri: returnTo, post_logout_redirect_uri: returnTo };
        return withParameters(endpoint, { ...parameters, ...(idToken && { id_token_hint: idToken }) });
      }),
  };
}

function withParameters(endpoint: string, parameters: Record<string, string>): URL {
  const url = new URL(endpoint);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url;
}

function toTokens(answer: oauth.TokenEndpointResponse, now: number): Tokens {
  const email = oauth.getValidatedIdTokenClaims(answer)?.['email'];
  return {
    accessToken: answer.access_token,
    // Who does not say how long a token lives gets five minutes: short is safe.
    expiresAt: now + (answer.expires_in ?? 300) * 1000,
    obtainedAt: now,
    refreshToken: answer.refresh_token ?? null,
    idToken: answer.id_token ?? null,
    email: typeof email === 'string' ? email : null,
  };
}

function noneIfRefused(thrown: unknown): null {
  if (thrown instanceof Fault && thrown.kind === 'sign_in_failed') return null;
  throw thrown;
}

/** Runs a conversation with the provider; what goes wrong becomes a fault in our words. */
async function guarded<T>(conversation: () => Promise<T>): Promise<T> {
  try {
    return await conversation();
  } catch (cause) {
    throw cause instanceof Fault ? cause : toFault(cause);
  }
}

function toFault(cause: unknown): Fault {
  if (cause instanceof oauth.AuthorizationResponseError) {
    const cancelled = cause.error === 'access_denied';
    const detail = cancelled ? words.signInCancelled : (cause.error_description ?? '');
    return new Fault('sign_in_failed', { code: cause.error, detail, cause });
  }
  if (cause instanceof Error && cause.name === 'TimeoutError') return new Fault('timeout', { cause });
  // What fetch throws when nobody answers.
  if (cause instanceof TypeError && !('code' in cause)) return new Fault('offline', { cause });
  return new Fault('sign_in_failed', { cause });
}
