import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { startIdentityProvider } from '../../../local/cognito/identity.ts';
import { fields } from '../../../local/template/fields.ts';
import { appClient, browser, location, SITE, startRelyingParty, type OwnProvider } from './relying-party.ts';

describe('signing in', () => {
  let party: OwnProvider;
  beforeAll(async () => {
    party = await startRelyingParty();
  });
  afterAll(() => party.identity.stop());

  const signInPage = async () => {
    const browse = browser();
    return { browse, url: location(await browse(await party.authorizeUrl())) };
  };

  it('shows a page with the field Email and the button Sign in, which says what it is', async () => {
    const { browse, url } = await signInPage();
    const page = await (await browse(url)).text();
    expect(page).toContain('<label for="email">Email</label>');
    expect(page).toContain('>Sign in</button>');
    expect(page).toContain('local stand-in for Amazon Cognito');
    expect(page).not.toContain('type="password"');
  });

  it('asks again, in words, for what is no email, and keeps what was typed', async () => {
    const { browse, url } = await signInPage();
    for (const email of [
      '',
      'ada',
      'ada@',
      'a b@example.com',
      '"><script>@example.com',
      `${'a'.repeat(250)}@example.com`,
    ]) {
      const answer = await browse(url, { email });
      const page = await answer.text();
      expect(answer.status).toBe(400);
      expect(page).toContain('Enter an email');
      expect(page).not.toContain('"><script>@');
    }
    expect((await browse(url, { email: 'x'.repeat(5000) })).status).toBe(400);
    expect((await browse(url, { email: 'ada@example.com' })).status).toBe(303);
  });

  it('says so, with a way on, when the sign-in has expired or belongs to another browser', async () => {
    const { url } = await signInPage();
    const answer = await fetch(url);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('Go back to the site and start again');
  });

  it('goes back to the page at once while the browser is signed in', async () => {
    await party.signIn('ada@example.com');
    const back = location(await party.browse(await party.authorizeUrl()));
    expect(`${back.origin}${back.pathname}`).toBe(SITE);
    expect([...back.searchParams.keys()]).toEqual(['code', 'state']);
  });

  it('announces no more than Cognito does: no page may rely on it', async () => {
    const names = Object.keys(party.server);
    expect(names).toEqual(expect.arrayContaining(['issuer', 'jwks_uri', 'token_endpoint', 'userinfo_endpoint']));
    for (const name of ['authorization_response_iss_parameter_supported', 'code_challenge_methods_supported'])
      expect(names).not.toContain(name);
  });

  it('wants PKCE, with S256', async () => {
    const browse = browser();
    const without = await party.authorizeUrl({ code_challenge: undefined, code_challenge_method: undefined });
    expect(location(await browse(without)).searchParams.get('error')).toBe('invalid_request');
    const plain = await party.authorizeUrl({ code_challenge_method: 'plain' });
    expect(location(await browse(plain)).searchParams.get('error')).toBe('invalid_request');
  });

  it('a code is of no use without its verifier', async () => {
    const code = (await party.signIn('ada@example.com')).searchParams.get('code') ?? '';
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: party.client.client_id,
      code,
      redirect_uri: SITE,
      code_verifier: 'a'.repeat(43),
    });
    const answer = await fetch(`${party.identity.domain}/oauth2/token`, { method: 'POST', body });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: 'invalid_grant' });
  });

  it('never goes to an address that is none of the CallbackURLs', async () => {
    for (const redirect of ['http://localhost:4242/elsewhere', 'https://evil.example/']) {
      const answer = await party.browse(await party.authorizeUrl({ redirect_uri: redirect }));
      expect(answer.status).toBe(400);
      expect(answer.headers.get('location')).toBeNull();
      expect(await answer.text()).toContain('Sign-in is not possible');
    }
  });

  it('refuses an unknown client, and a scope that the client may not have', async () => {
    expect((await party.browse(await party.authorizeUrl({ client_id: 'nobody' }))).status).toBe(400);
    const back = location(await party.browse(await party.authorizeUrl({ scope: 'openid phone' })));
    expect(back.searchParams.get('error')).toBe('invalid_scope');
  });
});

describe('who a user is', () => {
  it('follows from the email alone, in any case, so it is the same after a restart', async () => {
    const sub = await subOf('ada@example.com');
    expect(sub).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(await subOf('ADA@Example.com')).toBe(sub);
    expect(await subOf('bob@example.com')).not.toBe(sub);
  });
});

describe('signing out', () => {
  let party: OwnProvider;
  beforeAll(async () => {
    party = await startRelyingParty();
  });
  afterAll(() => party.identity.stop());

  const confirmed = async (url: URL) => {
    const page = await (await party.browse(url)).text();
    const [, action = ''] = /action="([^"]+)"/.exec(page) ?? [];
    const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(page) ?? [];
    return location(await party.browse(action, { xsrf, logout: 'yes' }));
  };
  const logout = (parameters: Record<string, string>) =>
    new URL(`${party.server.end_session_endpoint}?${new URLSearchParams(parameters).toString()}`);

  it.each([
    ['Cognito’s way', (clientId: string) => ({ client_id: clientId, logout_uri: SITE })],
    ['OpenID’s way, by client', (clientId: string) => ({ client_id: clientId, post_logout_redirect_uri: SITE })],
  ])('%s ends the session and goes back to the page', async (_way, parameters) => {
    await party.signIn('ada@example.com');
    const back = await confirmed(logout(parameters(party.client.client_id)));
    expect(back.href).toBe(SITE);
    expect(location(await party.browse(await party.authorizeUrl())).pathname).toMatch(/^\/login\//);
  });

  it('OpenID’s way, by ID token, does the same, and hands the state back', async () => {
    const { id_token: hint = '' } = await party.tokens(await party.signIn('ada@example.com'));
    const back = await confirmed(logout({ id_token_hint: hint, post_logout_redirect_uri: SITE, state: 'kept' }));
    expect(back.href).toBe(`${SITE}?state=kept`);
  });

  it('never goes to an address that is none of the LogoutURLs', async () => {
    const { client_id: clientId } = party.client;
    const evil = 'https://evil.example/';
    expect((await party.browse(logout({ client_id: clientId, logout_uri: evil }))).status).toBe(400);
    expect((await party.browse(logout({ client_id: clientId, post_logout_redirect_uri: evil }))).status).toBe(400);
    expect((await party.browse(logout({ logout_uri: SITE }))).status).toBe(400);
  });

  it('leaves the refresh token alone, as Cognito does: only revoking ends it', async () => {
    const { refresh_token: token = '' } = await party.tokens(await party.signIn('ada@example.com'));
    await confirmed(logout({ client_id: party.client.client_id, logout_uri: SITE }));
    await expect(party.refresh(token)).resolves.toBeDefined();
  });
});

describe('an app client', () => {
  it.each([
    ['the implicit flow', { AllowedOAuthFlows: ['implicit'] }, /code flow only/],
    ['a secret', { GenerateSecret: true }, /PKCE/],
    ['another provider', { SupportedIdentityProviders: ['Google'] }, /COGNITO only/],
    ['no callback', { CallbackURLs: [] }, /no URL/],
    ['a relative callback', { CallbackURLs: ['/'] }, /absolute/],
    ['a unit that is none', { TokenValidityUnits: { AccessToken: 'weeks' } }, /no unit/],
  ])('with %s is refused, with what to do', async (_what, properties, message) => {
    expect(await refusal(properties)).toMatch(message);
  });
});

/** The id of the user with this email, at a provider started for this question. */
async function subOf(email: string) {
  const party = await startRelyingParty();
  const { access_token: token } = await party.tokens(await party.signIn(email));
  await party.identity.stop();
  return decodeJwt(token).sub;
}

/** What is said against a client with these properties. */
async function refusal(properties: Record<string, unknown>) {
  const identity = await startIdentityProvider();
  try {
    identity.addClient(fields(appClient(properties), 'Client.Properties'));
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await identity.stop();
  }
}
