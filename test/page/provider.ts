/** An OpenID provider that signs everybody in at once, and a place that stands for Stripe's pages. */
import { createHash, randomUUID } from 'node:crypto';
import { bodyOf, listen } from './world.ts';

export interface FakeProvider {
  readonly issuer: string;
  /** Seconds that an access token lives. */
  tokenLife: number;
  /** An OAuth error that the sign-in page answers with, instead of a code. */
  refuse: string | null;
  refreshTokens: boolean;
  readonly visits: string[];
  readonly close: () => Promise<void>;
}

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export async function startProvider(): Promise<FakeProvider> {
  const codes = new Map<string, { nonce: string; challenge: string; clientId: string }>();
  const server = await listen(async (request, response) => {
    const url = new URL(request.url ?? '/', provider.issuer);
    provider.visits.push(`${request.method} ${url.pathname}${url.pathname === '/logout' ? url.search : ''}`);
    const json = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json', 'access-control-allow-origin': '*' });
      response.end(JSON.stringify(body));
    };
    const go = (to: URL): void => void response.writeHead(302, { location: to.href }).end();
    const query = (name: string): string => url.searchParams.get(name) ?? '';

    if (url.pathname === '/.well-known/openid-configuration') return json(200, metadata(provider.issuer));
    if (url.pathname === '/authorize') {
      const back = new URL(query('redirect_uri'));
      back.searchParams.set('state', query('state'));
      if (provider.refuse) back.searchParams.set('error', provider.refuse);
      else {
        const code = randomUUID();
        codes.set(code, { nonce: query('nonce'), challenge: query('code_challenge'), clientId: query('client_id') });
        back.searchParams.set('code', code);
      }
      return go(back);
    }
    if (url.pathname === '/token') {
      const form = new URLSearchParams(await bodyOf(request));
      if (form.get('grant_type') === 'refresh_token') return json(200, tokens(provider));
      const grant = codes.get(form.get('code') ?? '');
      const proof = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      if (!grant || grant.challenge !== proof) return json(400, { error: 'invalid_grant' });
      codes.delete(form.get('code') ?? '');
      return json(200, { ...tokens(provider), id_token: idToken(provider.issuer, grant.clientId, grant.nonce) });
    }
    if (url.pathname === '/logout') return go(new URL(query('post_logout_redirect_uri')));
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<title>Elsewhere</title><h1>${url.pathname}</h1>`);
  });
  const provider: FakeProvider = {
    issuer: `http://127.0.0.1:${server.port}`,
    tokenLife: 3600,
    refuse: null,
    refreshTokens: false,
    visits: [],
    close: server.close,
  };
  return provider;
}

const metadata = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  end_session_endpoint: `${issuer}/logout`,
});

const tokens = ({ tokenLife, refreshTokens }: FakeProvider) => ({
  access_token: randomUUID(),
  token_type: 'Bearer',
  expires_in: tokenLife,
  ...(refreshTokens && { refresh_token: randomUUID() }),
});

/** Unsigned: a page that gets it from the token endpoint itself need not check the signature (OIDC Core 3.1.3.7). */
function idToken(iss: string, aud: string, nonce: string): string {
  const iat = Math.floor(Date.now() / 1000);
  const claims = { iss, aud, nonce, iat, exp: iat + 3600, sub: 'user-1', email: 'ada@example.com' };
  return `${base64url({ alg: 'RS256' })}.${base64url(claims)}.c2lnbmF0dXJl`;
}
