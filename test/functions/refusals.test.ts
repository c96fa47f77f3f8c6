import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { NO_USERS } from '../../billing/metadata.ts';
import type { Handler } from '../../functions/shared/http.ts';
import { stripeEvent } from '../support/subscription.ts';
import { bodyOf, httpEvent, startWorld, WEBHOOK_SECRET, type Call, type World } from './world.ts';

let world: World;
let checkout: Handler;
let config: Handler;
let webhook: Handler;
let fallback: Handler;
const logged: string[] = [];

beforeAll(async () => {
  for (const level of ['log', 'warn', 'error'] as const)
    jest.spyOn(console, level).mockImplementation((line: unknown) => void logged.push(String(line)));
  world = await startWorld();
  checkout = (await import('../../functions/checkout.ts')).handler;
  config = (await import('../../functions/config.ts')).handler;
  webhook = (await import('../../functions/webhook.ts')).handler;
  fallback = (await import('../../functions/fallback.ts')).handler;
});
afterAll(() => world.stop());

const asJson = { 'content-type': 'application/json' };
const post = (call: Call) => checkout(httpEvent('POST', { user: 'ada', headers: asJson, ...call }));

describe('between deploying and setup', () => {
  it.each(['config', 'webhook'] as const)('%s answers 503 and says which command is missing', async (name) => {
    const handler = { config, webhook }[name];
    const result = await handler(httpEvent('GET', { body: '{}' }));
    expect(result.statusCode).toBe(503);
    expect(result.headers).toMatchObject({ 'content-type': 'application/problem+json' });
    expect(bodyOf(result)).toMatchObject({ code: 'not_configured', requestId: 'request-1' });
    expect(bodyOf(result)['detail']).toContain('npm run operator -- setup');
  });

  it('serves as soon as setup has run', async () => {
    await world.configure();
    expect((await config(httpEvent('GET', {}))).statusCode).toBe(200);
  });
});

describe('a checkout that is asked for wrongly', () => {
  it.each([
    ['a body that is no JSON', { body: '{' }, 400, 'invalid_json'],
    ['a JSON that is no object', { body: '[]' }, 400, 'invalid_request'],
    ['a JSON null', { body: 'null' }, 400, 'invalid_request'],
    ['no body', {}, 400, 'invalid_json'],
    ['no plan', { body: '{}' }, 400, 'invalid_request'],
    ['a plan that is no text', { body: '{"plan":{"$gt":""}}' }, 400, 'invalid_request'],
    ['an unknown plan', { body: '{"plan":"gold"}' }, 400, 'unknown_plan'],
    ["a plan named like an object's own parts", { body: '{"plan":"__proto__"}' }, 400, 'unknown_plan'],
    ['another content type', { body: '{}', headers: { 'content-type': 'text/plain' } }, 415, 'unsupported_media_type'],
    ['no content type', { body: '{}', headers: {} }, 415, 'unsupported_media_type'],
    ['too large a body', { body: JSON.stringify({ plan: 'x'.repeat(8200) }) }, 413, 'body_too_large'],
    [
      'too large a body in base64',
      { body: Buffer.alloc(8200).toString('base64'), base64: true },
      413,
      'body_too_large',
    ],
  ] as const)('%s', async (_, call, status, code) => {
    const result = await post(call);
    expect(result.statusCode).toBe(status);
    expect(result.headers).toMatchObject({ 'content-type': 'application/problem+json' });
    expect(bodyOf(result)).toMatchObject({ status, code, detail: expect.any(String) });
  });

  it('price, quantity, trial and return address are not the browser’s to say', async () => {
    const body = JSON.stringify({
      plan: 'starter_monthly',
      price: 'price_x',
      quantity: 0,
      trialDays: 700,
      success_url: 'https://evil.example',
    });
    const { url } = bodyOf(await post({ body }));
    const session = await world.stripe.checkout.sessions.retrieve(/cs_test_\w+/.exec(String(url))?.[0] ?? '');
    expect(session).toMatchObject({
      amount_total: 900,
      success_url: expect.stringMatching(/^https:\/\/site\.example\//),
    });
  });
});

describe('a token whose "sub" OpenID Connect does not allow', () => {
  it.each(['x'.repeat(201), 'Zoë', 'a\u0000b'])('is refused: %j', async (user) => {
    const result = await checkout(httpEvent('POST', { user, body: '{"plan":"starter_monthly"}', headers: asJson }));
    expect(result.statusCode).toBe(401);
    expect(bodyOf(result)).toMatchObject({ code: 'invalid_token' });
  });
});

describe('a user whom the provider lets choose a name', () => {
  it.each(Object.values(NO_USERS))('does not get among what stands in the table under "%s"', async (user) => {
    const result = await checkout(httpEvent('POST', { user, body: '{"plan":"starter_monthly"}', headers: asJson }));
    expect(bodyOf(result)).toMatchObject({ status: 401, code: 'invalid_token' });
  });
});

describe('an ID token, whose audience is the page too', () => {
  it.each([{ token_use: 'id' }, { nonce: 'n' }, { at_hash: 'h' }])(
    'is refused by what only it has: %j',
    async (more) => {
      const event = httpEvent('POST', { user: 'ada', body: '{"plan":"starter_monthly"}', headers: asJson });
      const authorizer = { jwt: { claims: { sub: 'ada', ...more } } };
      const result = await checkout({ ...event, requestContext: { ...event.requestContext, authorizer } });
      expect(result.statusCode).toBe(401);
      expect(bodyOf(result)).toMatchObject({ code: 'invalid_token' });
    },
  );
});

describe('what is signed by Stripe', () => {
  const send = (body: string) => {
    const header = world.stripe.webhooks.generateTestHeaderString({ payload: body, secret: WEBHOOK_SECRET });
    return webhook(httpEvent('POST', { body, headers: { 'stripe-signature': header } }));
  };

  it.each(['null', '[]', '"event"', '{}', '{"id":"evt_1","type":"a.b","data":{"object":null}}'])(
    'but is no event, is refused: %s',
    async (body) => {
      const result = await send(body);
      expect(result.statusCode).toBe(400);
      expect(bodyOf(result)).toMatchObject({ code: 'invalid_request' });
    },
  );

  it('but cannot be read, is taken and said so: sent again it would be no better', async () => {
    const event = stripeEvent('customer.subscription.updated', { id: '../customers' });
    const result = await send(JSON.stringify(event));
    expect(result.statusCode).toBe(200);
    expect(bodyOf(result)).toMatchObject({ outcome: 'unreadable' });
  });
});

describe('what a stranger sends to the webhook', () => {
  const now = Math.floor(Date.now() / 1000);
  const signed = (timestamp: number) =>
    world.stripe.webhooks.generateTestHeaderString({ payload: '{}', secret: WEBHOOK_SECRET, timestamp });

  it.each([
    ['no signature', () => ({})],
    ['an empty one', () => ({ 'stripe-signature': '' })],
    ['half a one', () => ({ 'stripe-signature': 't=1,v1=' })],
    ['one of another shape', () => ({ 'stripe-signature': '\u0000{}[]' })],
    ['several, as API Gateway joins them', () => ({ 'stripe-signature': `${signed(now)},${signed(now)}x` })],
    ['an old one, replayed', () => ({ 'stripe-signature': signed(now - 301) })],
  ])('with %s is refused as invalid', async (_, headers) => {
    const result = await webhook(httpEvent('POST', { body: 'not what was signed', headers: headers() }));
    expect(result.statusCode).toBe(400);
    expect(bodyOf(result)).toMatchObject({ code: 'invalid_signature' });
  });

  it('that is too large is refused', async () => {
    const result = await webhook(httpEvent('POST', { body: 'x'.repeat(1024 * 1024 + 1) }));
    expect(result.statusCode).toBe(413);
  });
});

describe('an address', () => {
  it.each([
    ['GET', '/nothing', 404, undefined],
    ['DELETE', '/api/config', 405, 'GET'],
    ['GET', '/api/checkout', 405, 'POST'],
    ['PUT', '/api/checkout/cs_test_1', 405, 'GET'],
    ['GET', '/api/checkout/a/b', 404, undefined],
  ])('%s %s is answered %i', async (method, path, status, allow) => {
    const result = await fallback(httpEvent(method, { path }));
    expect(result.statusCode).toBe(status);
    expect(result.headers?.['allow']).toBe(allow);
  });
});

describe('the log', () => {
  it('has said what was refused, and no key', () => {
    expect(logged.join('\n')).toContain('invalid_signature');
    expect(logged.join('\n')).not.toMatch(/sk_test_functions|whsec_test/);
  });
});
