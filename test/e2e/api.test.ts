import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Local } from '../../bin/local/start.ts';
import { payWith } from '../functions/world.ts';
import { PATIENCE, startForTest } from './local-cloud.ts';
import { ask, signIn, type Person } from './person.ts';
import { bytesOf, statusOf } from './raw-http.ts';

let local: Local;
let ada: Person;
const logged: string[] = [];

beforeAll(async () => {
  local = await startForTest({ log: (line) => logged.push(line) });
  ada = await signIn(local, 'ada@example.com');
}, PATIENCE);
afterAll(() => local?.stop());

const at = (path: string) => `${local.endpoints.site}${path}`;

describe('the page’s address', () => {
  it('serves the page for its clean paths, and nothing for others', async () => {
    for (const path of ['/', '/success?session_id=x', '/cancel'])
      expect(await ask(at(path))).toMatchObject({ status: 200 });
    for (const path of ['/nothing', '/index', '/.env', '/api'])
      expect(await ask(at(path))).toMatchObject({ status: 404 });
  });

  it('has a strict Content-Security-Policy', async () => {
    const { headers } = await ask(at('/'));
    expect(headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
  });

  it('does not lead to the webhook, which the API’s own address does', async () => {
    expect((await ask(at('/webhook'), { method: 'POST', body: '{}' })).status).toBe(403);
    const direct = await ask(`${local.endpoints.api}/webhook`, { method: 'POST', body: '{}' });
    expect(direct).toMatchObject({ status: 400, json: { code: 'invalid_signature' } });
  });

  it('keeps the configuration at the edge', async () => {
    await ask(at('/api/config'));
    expect((await ask(at('/api/config'))).headers.get('x-cache')).toBe('Hit from cloudfront');
  });
});

describe('a page elsewhere, open in the same browser', () => {
  const statuses = async (headers: readonly (readonly [string, string])[]) => {
    const body = Buffer.alloc(0);
    const raw = bytesOf({ method: 'GET', target: '/', headers: [...headers, ['connection', 'close']], body });
    const asked = Object.entries(local.endpoints).map(async ([name, url]) => [name, await statusOf(url, raw)] as const);
    return Object.fromEntries(await Promise.all(asked));
  };

  it('whose host name somebody lets point to this machine is answered by none of the servers', async () => {
    const refused = Object.keys(local.endpoints).map((name) => [name, name === 'stripe' ? 421 : 403]);
    expect(await statuses([['host', 'rebound.example']])).toEqual(Object.fromEntries(refused));
  });

  it('is answered by none of AWS’s own endpoints', async () => {
    const headers = [
      ['host', 'localhost'],
      ['origin', 'https://elsewhere.example'],
    ] as const;
    expect(await statuses(headers)).toMatchObject({ dynamodb: 403, secrets: 403, eventbridge: 403 });
  });
});

describe('a stranger', () => {
  it.each(['/api/subscription', '/api/members', '/api/checkout/cs_test_1'])('is not let in to %s', async (path) => {
    expect((await ask(at(path))).status).toBe(401);
    expect((await ask(at(path), { headers: { authorization: 'Bearer x.y.z' } })).status).toBe(401);
  });

  it('with an ID token, which the sign-out leaves in histories and logs, is not let in either', async () => {
    const headers = { authorization: `Bearer ${ada.idToken}` };
    const answer = await ask(at('/api/subscription'), { headers });
    expect(answer).toMatchObject({ status: 401, json: { code: 'invalid_token' } });
  });

  it.each([
    ['GET', '/api/nothing', 404, 'not_found'],
    ['DELETE', '/api/config', 405, 'method_not_allowed'],
    ['GET', '/api/portal', 405, 'method_not_allowed'],
  ])('%s %s is answered %i %s', async (method, path, status, code) => {
    expect(await ask(at(path), { method })).toMatchObject({ status, json: { status, code } });
  });

  it('never gets a 5xx, whatever comes', async () => {
    const bodies = [
      '',
      '{',
      'null',
      '[]',
      '"x"',
      '{"plan":{}}',
      '{"__proto__":1}',
      '\u0000',
      'x'.repeat(100_000),
      '{"plan":"💥"}',
    ];
    const types = ['application/json', 'text/plain', 'multipart/form-data', ''];
    for (const body of bodies)
      for (const type of types) {
        const headers = {
          'content-type': type,
          'stripe-signature': body.slice(0, 20).replaceAll(/[^\x20-\x7e]/g, '?'),
        };
        const asAda = { ...headers, authorization: `Bearer ${ada.token}` };
        const webhook = await ask(`${local.endpoints.api}/webhook`, { method: 'POST', headers, body });
        const checkout = await ask(at('/api/checkout'), { method: 'POST', headers: asAda, body });
        expect(webhook.status).toBe(400);
        expect([400, 413, 415]).toContain(checkout.status);
      }
  });
});

describe('a subscriber', () => {
  it('is let in by the record, and cannot be seen by anybody else', async () => {
    const { json } = await ada.post('/api/checkout', { plan: 'starter_monthly' });
    const url = String(json['url']);
    await payWith(url, '4242424242424242');
    const path = `/api/checkout/${/cs_test_\w+/.exec(url)?.[0]}`;
    expect(await ada.get(path)).toMatchObject({ status: 200, json: { status: 'complete', access: { allowed: true } } });
    expect((await ada.get('/api/members')).status).toBe(200);

    const mallory = await signIn(local, 'mallory@example.com');
    expect(await mallory.get(path)).toMatchObject({ status: 404, json: { code: 'checkout_session_not_found' } });
    expect((await mallory.get('/api/members')).status).toBe(403);
  });

  it('leaves no key and no card in the log', () => {
    expect(logged.length).toBeGreaterThan(50);
    expect(logged.join('\n')).not.toMatch(/sk_test_\w|whsec_\w|4242424242424242|Bearer ey/);
  });
});
