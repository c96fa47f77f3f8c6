import { afterEach, describe, expect, it } from '@jest/globals';
import { IdentityProviderError, TokenRefused, verifiedEmail } from '../../clients/identity.ts';
import { listen, type Listening } from '../../local/net/server.ts';

interface Answer {
  readonly status?: number;
  readonly body?: string;
}

let provider: Listening | undefined;
afterEach(() => provider?.close());

/** A provider whose userinfo endpoint answers this. */
async function providerSaying({ status = 200, body = '{}' }: Answer): Promise<string> {
  const { url, close, port } = await listen((request, response) => {
    const asked = request.url === '/userinfo';
    response.writeHead(asked ? status : 200, { 'content-type': 'application/json' });
    response.end(asked ? body : JSON.stringify({ userinfo_endpoint: `${url}/userinfo` }));
  });
  provider = { url, close, port };
  return url;
}

const ask = async (answer: Answer) => verifiedEmail(await providerSaying(answer), 'token', 'ada');
const info = (claims: object) => ({ body: JSON.stringify({ sub: 'ada', email: 'ada@example.com', ...claims }) });

describe('the email of a user', () => {
  it.each([true, 'true'])('is taken when the provider has verified it (%j)', async (email_verified) => {
    expect(await ask(info({ email_verified }))).toBe('ada@example.com');
  });

  it.each([false, 'false', undefined, 1, 'yes'])('is not taken when email_verified is %j', async (email_verified) => {
    expect(await ask(info({ email_verified }))).toBeNull();
  });

  it('is nobody else’s', async () => {
    await expect(ask(info({ sub: 'eve', email_verified: true }))).rejects.toThrow(IdentityProviderError);
  });
});

describe('a provider', () => {
  it.each([401, 403])('that refuses the token with %i makes the user sign in again', async (status) => {
    await expect(ask({ status })).rejects.toThrow(TokenRefused);
  });

  it.each([{ status: 500 }, { status: 429 }, { body: 'no JSON' }, { body: 'null' }])(
    'that answers %j is at fault',
    async (answer) => {
      await expect(ask(answer)).rejects.toThrow(IdentityProviderError);
    },
  );
});
