import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inWorld, makeCatalogue, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await makeCatalogue(world);
});
afterAll(() => world.stop());

/** A call as no SDK would make it. */
async function raw(method: string, path: string, body?: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${world.url}${path}`, {
    method,
    headers: {
      authorization: 'Bearer sk_test_x',
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    },
    ...(body !== undefined && { body }),
  });
  return { status: response.status, headers: response.headers, json: JSON.parse(await response.text()) };
}

describe('a key', () => {
  it('may be any secret test key, by Bearer or Basic', async () => {
    await expect(world.sdk('sk_test_anything123').customers.list()).resolves.toHaveProperty('object', 'list');
    const basic = `Basic ${Buffer.from('sk_test_x:').toString('base64')}`;
    expect((await raw('GET', '/v1/customers', undefined, { authorization: basic })).status).toBe(200);
  });

  it.each(['sk_live_51abcdefghijklmnop', 'pk_live_51abcdefghijklmnop', 'nonsense'])('%s is refused', async (key) => {
    const call = world.sdk(key).customers.list();
    await expect(call).rejects.toMatchObject({ statusCode: 401, rawType: 'invalid_request_error' });
    await expect(world.sdk(key).customers.list()).rejects.not.toThrow(key);
  });

  it('is asked for', async () => {
    const { status, json } = await raw('GET', '/v1/customers', undefined, { authorization: '' });
    expect(status).toBe(401);
    expect(json.error.message).toContain('You did not provide an API key');
  });
});

describe('a request that is wrong', () => {
  const create = '/v1/checkout/sessions';

  it.each([
    [
      'POST',
      '/v1/nonsense',
      '',
      404,
      { message: expect.stringContaining('Unrecognized request URL (POST: /v1/nonsense)') },
    ],
    ['PUT', '/v1/customers', '', 404, { type: 'invalid_request_error' }],
    [
      'POST',
      '/v1/customers',
      'foo=1',
      400,
      { code: 'parameter_unknown', param: 'foo', message: 'Received unknown parameter: foo' },
    ],
    ['POST', '/v1/customers', 'address[foo]=1', 400, { code: 'parameter_unknown', param: 'address[foo]' }],
    [
      'POST',
      '/v1/products',
      '',
      400,
      { code: 'parameter_missing', param: 'name', message: 'Missing required param: name.' },
    ],
    [
      'POST',
      '/v1/prices',
      'currency=usd&product=pro&unit_amount=1.5',
      400,
      { code: 'parameter_invalid_integer', param: 'unit_amount' },
    ],
    ['POST', '/v1/products', 'name=', 400, { code: 'parameter_invalid_empty', param: 'name' }],
    ['POST', '/v1/products', 'name=A&active=yes', 400, { param: 'active', message: 'Invalid boolean: yes' }],
    [
      'GET',
      '/v1/customers/cus_unknown',
      undefined,
      404,
      { code: 'resource_missing', param: 'id', message: "No such customer: 'cus_unknown'" },
    ],
    ['GET', '/v1/customers?limit=101', undefined, 400, { param: 'limit' }],
    [
      'GET',
      '/v1/customers?starting_after=cus_unknown',
      undefined,
      400,
      { code: 'resource_missing', param: 'starting_after' },
    ],
    [
      'POST',
      create,
      'mode=subscription&payment_method_types[0]=card',
      400,
      { param: 'payment_method_types', code: 'parameter_unknown' },
    ],
    [
      'POST',
      create,
      'mode=subscription&ui_mode=hosted',
      400,
      { param: 'ui_mode', message: expect.stringContaining('must be one of hosted_page') },
    ],
    [
      'POST',
      create,
      'mode=subscription&ui_mode=form',
      400,
      { param: 'ui_mode', message: expect.stringContaining('simulator does not support') },
    ],
    [
      'POST',
      create,
      'mode=subscription&success_url=http://a.test&line_items[0][price]=price_x&line_items[0][quantity]=1',
      400,
      { code: 'resource_missing', param: 'line_items[0][price]' },
    ],
    ['POST', '/v1/billing_portal/sessions', 'customer=cus_x&on_behalf_of=acct_x', 400, { param: 'on_behalf_of' }],
    ['POST', '/v1/customers', 'metadata[a[b]]=1', 400, { type: 'invalid_request_error' }],
  ] as const)('%s %s %s', async (method, path, body, status, error) => {
    const answer = await raw(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.json.error).toMatchObject({ type: 'invalid_request_error', ...error });
  });

  it('may not be large', async () => {
    const { status, json } = await raw('POST', '/v1/customers', `name=${'a'.repeat(300_000)}`);
    expect(status).toBe(413);
    expect(json.error.type).toBe('invalid_request_error');
  });

  it('may not ask for another version of the API', async () => {
    const { status, json } = await raw('GET', '/v1/customers', undefined, { 'stripe-version': '2020-08-27' });
    expect(status).toBe(400);
    expect(json.error.message).toContain('Invalid Stripe API version');
  });

  it('may not come by another name', async () => {
    const { hostname, port } = new URL(world.url);
    const { request } = await import('node:http');
    const status = await new Promise((resolve, reject) => {
      const call = request({ hostname, port, path: '/', headers: { host: 'evil.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      call.on('error', reject).end();
    });
    expect(status).toBe(421);
  });
});

describe('an answer', () => {
  it('tells its request, version and time', async () => {
    const { headers } = await raw('GET', '/v1/customers');
    expect(headers.get('request-id')).toMatch(/^req_\w{14}$/);
    expect(headers.get('stripe-version')).toBe('2026-10-28.endive');
    expect(Math.abs(Date.parse(headers.get('date') ?? '') - Date.now())).toBeLessThan(5_000);
  });
});

it('no answer is newer than its Date says, though time passes while it is made', async () => {
  let time = 1_800_000_000;
  await inWorld({ clock: { now: () => (time += 1) } }, async ({ stripe }) => {
    const { created, lastResponse } = await stripe.customers.create();
    expect(Date.parse(lastResponse.headers['date'] ?? '') / 1000).toBeGreaterThanOrEqual(created);
  });
});
