import * as oauth from 'oauth4webapi';
import { startIdentityProvider, type IdentityProvider } from '../../../local/cognito/identity.ts';
import { fields } from '../../../local/template/fields.ts';

export const SITE = 'http://localhost:4242/';

/** What the stack's app client resolves to. */
export const appClient = (changes: Record<string, unknown> = {}) => ({
  UserPoolId: 'us-east-1_pool',
  AllowedOAuthFlows: ['code'],
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthScopes: ['openid', 'email'],
  CallbackURLs: [SITE],
  LogoutURLs: [SITE],
  SupportedIdentityProviders: ['COGNITO'],
  ...changes,
});

const insecure = { [oauth.allowInsecureRequests]: true };

/** A page that uses the provider, in a browser that keeps cookies. */
export interface RelyingParty {
  readonly server: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly verifier: string;
  /** The address that the page sends the browser to; an undefined parameter is left out. */
  authorizeUrl(changes?: Record<string, string | undefined>): Promise<URL>;
  browse(url: string | URL, form?: Record<string, string>): Promise<Response>;
  /** From the authorize address through the sign-in page and back. @returns where the page is called back */
  signIn(email: string): Promise<URL>;
  tokens(callback: URL): Promise<oauth.TokenEndpointResponse>;
  refresh(refreshToken: string): Promise<oauth.TokenEndpointResponse>;
  userInfo(accessToken: string): Promise<Response>;
}

export type OwnProvider = RelyingParty & { readonly identity: IdentityProvider };

/** With a provider of its own. */
export async function startRelyingParty(properties: Record<string, unknown> = {}): Promise<OwnProvider> {
  const identity = await startIdentityProvider();
  const clientId = identity.addClient(fields(appClient(properties), 'Client.Properties'));
  return { identity, ...(await relyingParty(identity.issuer, clientId)) };
}

/** @param site where the provider sends the browser back to */
export async function relyingParty(issuerUrl: string, clientId: string, site = SITE): Promise<RelyingParty> {
  const client = { client_id: clientId };
  const issuer = new URL(issuerUrl);
  const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
  const verifier = oauth.generateRandomCodeVerifier();
  const browse = browser();

  const authorizeUrl: RelyingParty['authorizeUrl'] = async (changes = {}) => {
    const url = new URL(server.authorization_endpoint ?? '');
    const parameters = {
      client_id: client.client_id,
      redirect_uri: site,
      response_type: 'code',
      scope: 'openid email',
      state: 'the-state',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...changes,
    };
    for (const [name, value] of Object.entries(parameters)) if (value !== undefined) url.searchParams.set(name, value);
    return url;
  };

  return {
    server,
    client,
    verifier,
    authorizeUrl,
    browse,
    async signIn(email) {
      const page = location(await browse(await authorizeUrl()));
      // Signed in already: the provider goes straight back.
      if (page.href.startsWith(site)) return page;
      return location(await browse(location(await browse(page, { email }))));
    },
    async tokens(callback) {
      const parameters = oauth.validateAuthResponse(server, client, callback, 'the-state');
      const none = oauth.None();
      const answer = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        none,
        parameters,
        site,
        verifier,
        insecure,
      );
      return oauth.processAuthorizationCodeResponse(server, client, answer);
    },
    async refresh(refreshToken) {
      const answer = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), refreshToken, insecure);
      return oauth.processRefreshTokenResponse(server, client, answer);
    },
    userInfo: (accessToken) => oauth.userInfoRequest(server, client, accessToken, insecure),
  };
}

export function location(response: Response): URL {
  return new URL(response.headers.get('location') ?? '', response.url);
}

/** A browser of its own: it keeps the cookies of the provider, and follows no redirect. */
export function browser(): RelyingParty['browse'] {
  const jar = new Map<string, string>();
  return async (url, form) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const body = form ? { method: 'POST', body: new URLSearchParams(form) } : {};
    const response = await fetch(url, { ...body, redirect: 'manual', headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
}
