import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { SITE, startRelyingParty, type OwnProvider } from './relying-party.ts';

const HOUR = 3600;

describe('the tokens of the local user pool', () => {
  let party: OwnProvider;
  beforeAll(async () => {
    party = await startRelyingParty({
      AccessTokenValidity: 30,
      IdTokenValidity: 2,
      TokenValidityUnits: { AccessToken: 'minutes' },
    });
  });
  afterAll(() => party.identity.stop());

  const signedIn = async (email = 'ada@example.com') => party.tokens(await party.signIn(email));

  it('an access token is what Cognito issues: RS256, client_id and token_use, and no audience', async () => {
    const { access_token: token } = await signedIn();
    const keys = createRemoteJWKSet(new URL(`${party.identity.issuer}/.well-known/jwks.json`));
    const { payload } = await jwtVerify(token, keys, { issuer: party.identity.issuer });
    expect(payload).toMatchObject({
      client_id: party.client.client_id,
      token_use: 'access',
      scope: 'openid email',
      version: 2,
    });
    expect(payload.aud).toBeUndefined();
    expect(payload.sub).toBe(payload['username']);
    expect(decodeProtectedHeader(token).alg).toBe('RS256');
  });

  it('tokens live as long as the template says, in its units or Cognito’s', async () => {
    const { access_token: access, id_token: id, expires_in: expiresIn } = await signedIn();
    const [accessClaims, idClaims] = [decodeJwt(access), decodeJwt(id ?? '')];
    expect((accessClaims.exp ?? 0) - (accessClaims.iat ?? 0)).toBe(HOUR / 2);
    expect(expiresIn).toBe(HOUR / 2);
    expect((idClaims.exp ?? 0) - (idClaims.iat ?? 0)).toBe(2 * HOUR);
  });

  it('an ID token is for the client, and has the email as verified', async () => {
    const { id_token: id } = await signedIn();
    expect(decodeJwt(id ?? '')).toMatchObject({
      aud: party.client.client_id,
      token_use: 'id',
      email: 'ada@example.com',
      email_verified: true,
      auth_time: expect.any(Number),
    });
  });

  it('a code is good once', async () => {
    const callback = await party.signIn('ada@example.com');
    await party.tokens(callback);
    await expect(party.tokens(callback)).rejects.toThrow(/server responded with an error/);
  });

  it('a refresh token gives a new access token for the same user, and stays what it was', async () => {
    const first = await signedIn();
    const second = await party.refresh(first.refresh_token ?? '');
    expect(second.access_token).not.toBe(first.access_token);
    expect(decodeJwt(second.access_token)).toMatchObject({
      sub: decodeJwt(first.access_token).sub,
      scope: 'openid email',
    });
    expect(second.refresh_token).toBeUndefined();
    await expect(party.refresh(first.refresh_token ?? '')).resolves.toBeDefined();
  });

  it('a revoked refresh token is dead', async () => {
    const { refresh_token: token = '' } = await signedIn();
    const body = new URLSearchParams({ token, client_id: party.client.client_id });
    expect((await fetch(`${party.identity.domain}/oauth2/revoke`, { method: 'POST', body })).status).toBe(200);
    await expect(party.refresh(token)).rejects.toThrow(/server responded with an error/);
  });
});

describe('a client whose refresh tokens rotate', () => {
  it('gets a new one each time, and the old one is refused', async () => {
    const party = await startRelyingParty({ RefreshTokenRotation: { Feature: 'ENABLED' } });
    const { refresh_token: first = '' } = await party.tokens(await party.signIn('ada@example.com'));
    const { refresh_token: second } = await party.refresh(first);
    expect(second).toEqual(expect.any(String));
    expect(second).not.toBe(first);
    await expect(party.refresh(first)).rejects.toThrow(/server responded with an error/);
    await party.identity.stop();
  });
});

describe('userinfo', () => {
  let party: OwnProvider;
  beforeAll(async () => {
    party = await startRelyingParty();
  });
  afterAll(() => party.identity.stop());

  it('tells the email to whoever has the access token, email_verified as the string that Cognito sends', async () => {
    const { access_token: token } = await party.tokens(await party.signIn(' Ada@Example.com '));
    const answer = await party.userInfo(token);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      sub: decodeJwt(token).sub,
      username: decodeJwt(token).sub,
      email: 'ada@example.com',
      email_verified: 'true',
    });
  });

  it('refuses the ID token, a token of another provider, and none', async () => {
    const other = await startRelyingParty();
    const { id_token: id = '' } = await party.tokens(await party.signIn('ada@example.com'));
    const { access_token: foreign } = await other.tokens(await other.signIn('ada@example.com'));
    const asked = async (headers: Record<string, string>) =>
      (await fetch(`${party.identity.domain}/oauth2/userInfo`, { headers })).status;
    expect(await asked({ authorization: `Bearer ${id}` })).toBe(401);
    expect(await asked({ authorization: `Bearer ${foreign}` })).toBe(401);
    expect(await asked({})).toBe(401);
    await other.identity.stop();
  });

  it('does not take the id inside a token for the token', async () => {
    const { access_token: token } = await party.tokens(await party.signIn('ada@example.com'));
    const headers = { authorization: `Bearer ${decodeJwt(token).jti}` };
    expect((await fetch(`${party.identity.domain}/oauth2/userInfo`, { headers })).status).toBe(401);
  });

  it('may be asked from the page, as may discovery, keys and the token endpoint', async () => {
    const { issuer, domain } = party.identity;
    const asked = [`${issuer}/.well-known/openid-configuration`, `${issuer}/.well-known/jwks.json`];
    for (const url of asked) {
      const answer = await fetch(url, { headers: { origin: new URL(SITE).origin } });
      expect(answer.headers.get('access-control-allow-origin')).toBe(new URL(SITE).origin);
    }
    for (const url of [`${domain}/oauth2/token`, `${domain}/oauth2/userInfo`]) {
      const headers = {
        origin: new URL(SITE).origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      };
      const answer = await fetch(url, { method: 'OPTIONS', headers });
      expect(answer.headers.get('access-control-allow-headers')).toBe('authorization');
    }
  });
});
