import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWTPayload } from 'jose';
import { httpApi, lambdaFunction, ref, route } from './assembly.ts';
import { run, type Running } from './run.ts';

const echo = { 'index.mjs': 'export const handler = async (event) => event.requestContext.authorizer;' };
const client = 'the-client';
let issuer: string;
let server: Server;
let keys: { privateKey: CryptoKey; publicKey: CryptoKey };
let stranger: { privateKey: CryptoKey; publicKey: CryptoKey };
let stack: Running;

beforeAll(async () => {
  keys = await generateKeyPair('RS256');
  stranger = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  server = createServer((request, response) => {
    const isKeys = request.url === '/pool/keys';
    response.end(JSON.stringify(isKeys ? { keys: [jwk] } : { issuer, jwks_uri: `${issuer}/keys` }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  issuer = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/pool`;
  stack = await run({ template: { Resources: resources(issuer) }, assets: { Echo: echo } });
});

afterAll(() => void server.close());

function resources(Issuer: string): Record<string, never> {
  const authorizer = (id: string, url: string): object => ({
    [id]: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        ApiId: ref('Api'),
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Issuer: url, Audience: [client] },
        Name: id,
      },
    },
  });
  const guarded = (id: string): { AuthorizationType: string; AuthorizerId: { Ref: string } } => ({
    AuthorizationType: 'JWT',
    AuthorizerId: { Ref: id },
  });
  const nowhere = 'http://127.0.0.1:1/nowhere';
  return Object.assign(
    {},
    lambdaFunction('Echo'),
    httpApi(),
    authorizer('SignedIn', Issuer),
    authorizer('Absent', nowhere),
    route('GET /me', 'Echo', { route: guarded('SignedIn') }),
    route('GET /absent', 'Echo', { route: guarded('Absent') }),
    route('GET /scoped', 'Echo', {
      route: { ...guarded('SignedIn'), AuthorizationScopes: ['books.read', 'books.all'] },
    }),
  );
}

const now = (): number => Math.floor(Date.now() / 1000);
const claims = (changes: Record<string, unknown> = {}): JWTPayload => ({
  iss: issuer,
  sub: 'user',
  client_id: client,
  token_use: 'access',
  scope: 'openid email',
  iat: now() - 5,
  exp: now() + 60,
  ...changes,
});
const sign = (payload: JWTPayload, key = keys.privateKey, kid = 'one'): Promise<string> =>
  new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid }).sign(key);
const ask = (token: string, path = '/me', prefix = 'Bearer '): Promise<Response> =>
  fetch(`${stack.apis[0]}${path}`, { headers: { authorization: `${prefix}${token}` } });

describe('a token', () => {
  it('of the issuer, for the client, in time, is let in, and its claims reach the function as strings', async () => {
    const response = await ask(await sign(claims({ 'cognito:groups': ['a', 'b'], email_verified: true })));
    expect(await response.json()).toEqual({
      jwt: {
        claims: expect.objectContaining({
          sub: 'user',
          client_id: client,
          'cognito:groups': '[a b]',
          email_verified: 'true',
          exp: expect.stringMatching(/^\d+$/),
        }),
        scopes: null,
      },
    });
  });

  it('is let in without the word Bearer too', async () => {
    expect((await ask(await sign(claims()), '/me', '')).status).toBe(200);
  });

  it('with an audience is held to it, and its client id does not matter then', async () => {
    expect((await ask(await sign(claims({ aud: client, client_id: 'another' })))).status).toBe(200);
    expect((await ask(await sign(claims({ aud: 'another' })))).status).toBe(401);
  });

  it.each<[string, () => Promise<string> | string, string]>([
    ['has expired', () => sign(claims({ exp: now() - 1 })), 'the token has expired'],
    ['is of another issuer', () => sign(claims({ iss: `${issuer}/other` })), 'iss'],
    ['is for another client', () => sign(claims({ client_id: 'another' })), 'invalid audience'],
    ['is not valid yet', () => sign(claims({ nbf: now() + 60 })), 'nbf'],
    ['was issued in the future', () => sign(claims({ iat: now() + 60 })), 'issued in the future'],
    ['never expires', () => sign(claims({ exp: undefined })), 'no expiry'],
    ['is signed by a stranger', () => sign(claims(), stranger.privateKey), 'signature'],
    ['names an unknown key', () => sign(claims(), keys.privateKey, 'two'), 'no applicable key'],
    ['is not signed', () => new UnsecuredJWT(claims()).encode(), 'Invalid'],
    ['is no token', () => 'nonsense', 'Invalid Compact JWS'],
  ])('that %s is refused: 401 with a challenge', async (_why, token, description) => {
    const response = await ask(await token());
    expect([response.status, await response.json()]).toEqual([401, { message: 'Unauthorized' }]);
    const challenge = response.headers.get('www-authenticate');
    expect(challenge).toContain('error="invalid_token"');
    expect(challenge?.toLowerCase()).toContain(description.toLowerCase());
  });

  it('that is missing is asked for: 401 with a bare challenge', async () => {
    const response = await fetch(`${stack.apis[0]}/me`);
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  });

  it('needs one of the route’s scopes: 403 without', async () => {
    const without = await ask(await sign(claims()), '/scoped');
    expect([without.status, await without.json()]).toEqual([403, { message: 'Forbidden' }]);
    expect(without.headers.get('www-authenticate')).toContain('insufficient_scope');
    const having = await ask(await sign(claims({ scope: 'openid books.all' })), '/scoped');
    expect(having.status).toBe(200);
  });

  it('cannot be judged while the issuer is away: 500, not 401', async () => {
    expect((await ask(await sign(claims()), '/absent')).status).toBe(500);
  });
});
