import { beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
import { httpApi, lambdaFunction, route } from './assembly.ts';
import { run, until, type Running } from './run.ts';

const echo = { 'index.mjs': 'export const handler = async (event) => event;' };
const answers = {
  'index.mjs': `const answers = {
    full: { statusCode: 201, headers: { 'X-One': 1, 'content-type': 'text/html' }, cookies: ['a=1', 'b=2'], body: '<p>' },
    bytes: { statusCode: 200, body: Buffer.from([0, 255]).toString('base64'), isBase64Encoded: true },
    bare: { statusCode: 204 },
    text: 'just text',
    object: { some: 'thing' },
    malformed: { statusCode: 200, body: { not: 'text' } },
    nonsense: { statusCode: 'soon' },
    large: { statusCode: 200, body: 'x'.repeat(6_300_000) },
  };
  export const handler = async ({ rawQueryString }) => answers[rawQueryString];`,
};
const slow = { 'index.mjs': 'export const handler = () => new Promise((done) => setTimeout(done, 60_000));' };

const format =
  '{"route":"$context.routeKey","status":"$context.status","ip":"$context.identity.sourceIp","x":"$context.nope"}';
let stack: Running;
let api: string;

beforeAll(async () => {
  const Resources = {
    ...lambdaFunction('Echo'),
    ...lambdaFunction('Answers'),
    ...lambdaFunction('Slow', [], { Timeout: 20 }),
    ...httpApi({
      DefaultRouteSettings: { ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 20 },
      AccessLogSettings: { DestinationArn: 'arn:aws:logs:us-east-1:000000000000:log-group:x', Format: format },
    }),
    ...route('GET /answers', 'Answers'),
    ...route('GET /slow', 'Slow', { integration: { TimeoutInMillis: 100 } }),
    ...route('POST /things', 'Echo'),
    ...route('GET /things/{thingId}', 'Echo'),
    ...route('GET /things/known', 'Echo'),
    ...route('ANY /any', 'Echo'),
    ...route('GET /files/{path+}', 'Echo'),
    ...route('GET /rare', 'Echo'),
  };
  stack = await run({ template: { Resources }, assets: { Echo: echo, Answers: answers, Slow: slow } });
  api = stack.apis[0] ?? '';
});

async function event(path: string, init?: RequestInit): Promise<Record<string, unknown>> {
  const response = await fetch(`${api}${path}`, init);
  return Object(await response.json());
}

describe('a route', () => {
  it.each([
    ['GET', '/things/known', 'GET /things/known'],
    ['GET', '/things/other', 'GET /things/{thingId}'],
    ['PATCH', '/any', 'ANY /any'],
    ['GET', '/files/a/b.txt', 'GET /files/{path+}'],
  ])('takes %s %s by the most specific match', async (method, path, routeKey) => {
    expect(await event(path, { method })).toMatchObject({ routeKey });
  });

  it('gives its path parameters, decoded', async () => {
    expect(await event('/things/a%20b%2Fc')).toMatchObject({ pathParameters: { thingId: 'a b/c' } });
    expect(await event('/files/a/b.txt')).toMatchObject({ pathParameters: { path: 'a/b.txt' } });
  });

  it.each([
    ['GET', '/nothing'],
    ['DELETE', '/things/known'],
    ['GET', '/things'],
    ['GET', '/things/'],
    ['GET', '/things/known/'],
  ])('there is none for %s %s: 404', async (method, path) => {
    const response = await fetch(`${api}${path}`, { method });
    expect([response.status, await response.json()]).toEqual([404, { message: 'Not Found' }]);
  });

  it('cannot be found for a path with broken percent-encoding: 400', async () => {
    expect((await fetch(`${api}/%E0%A4%A`)).status).toBe(400);
  });
});

describe('the event of payload format 2.0', () => {
  it('has the request, with headers in small letters and cookies apart', async () => {
    const headers = { 'X-One': 'a', Cookie: 'a=1; b=2', 'User-Agent': 'test', 'X-Forwarded-For': '203.0.113.9' };
    const seen = await event('/any?a=1&a=2&b=%20', { headers });
    expect(seen).toMatchObject({
      version: '2.0',
      rawPath: '/any',
      rawQueryString: 'a=1&a=2&b=%20',
      queryStringParameters: { a: '1,2', b: ' ' },
      cookies: ['a=1', 'b=2'],
      headers: { 'x-one': 'a', 'x-forwarded-for': '203.0.113.9, 127.0.0.1' },
      requestContext: {
        accountId: '000000000000',
        stage: '$default',
        routeKey: 'ANY /any',
        http: { method: 'GET', path: '/any', sourceIp: '127.0.0.1', userAgent: 'test', protocol: 'HTTP/1.1' },
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
      },
      isBase64Encoded: false,
    });
    expect(seen).not.toHaveProperty('headers.cookie');
    expect(seen).not.toHaveProperty('body');
    expect(seen).not.toHaveProperty('pathParameters');
    expect(seen).not.toHaveProperty('requestContext.authorizer');
  });

  it.each([
    ['application/json; charset=utf-8', '{"ü":1}', false],
    ['text/plain', 'ü', false],
    ['application/x-www-form-urlencoded', 'a=1', true],
    ['application/octet-stream', 'ab', true],
  ])('has a body of type %s as text, or else as base64', async (type, body, isBase64Encoded) => {
    const seen = await event('/things', { method: 'POST', body, headers: { 'content-type': type } });
    const encoded = isBase64Encoded ? Buffer.from(body).toString('base64') : body;
    expect(seen).toMatchObject({ body: encoded, isBase64Encoded });
  });

  it('joins several headers of one name by a comma', async () => {
    const seen = await new Promise<string>((resolve, reject) => {
      const outgoing = request(
        `${api}/any`,
        { headers: ['x-many', 'a', 'x-many', 'b', 'host', 'localhost'] },
        (incoming) => {
          incoming.setEncoding('utf8').on('data', resolve);
        },
      );
      outgoing.on('error', reject).end();
    });
    expect(JSON.parse(seen)).toMatchObject({ headers: { 'x-many': 'a,b', host: 'localhost' } });
  });
});

describe('a function’s answer', () => {
  const ask = (name: string): Promise<Response> => fetch(`${api}/answers?${name}`);

  it('with a statusCode says everything: status, headers, cookies, body', async () => {
    const response = await ask('full');
    expect([response.status, await response.text()]).toEqual([201, '<p>']);
    expect(response.headers.get('x-one')).toBe('1');
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(response.headers.get('apigw-requestid')).not.toBeNull();
  });

  it('may be bytes', async () => {
    expect(new Uint8Array(await (await ask('bytes')).arrayBuffer())).toEqual(new Uint8Array([0, 255]));
  });

  it('without a statusCode is the body of a 200, as JSON', async () => {
    expect(await (await ask('object')).json()).toEqual({ some: 'thing' });
    const text = await ask('text');
    expect([text.status, text.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect((await ask('bare')).status).toBe(204);
  });

  it.each(['malformed', 'nonsense', 'large'])('that is %s is a 500', async (name) => {
    expect((await ask(name)).status).toBe(500);
  });

  it('that takes longer than the integration waits is a 503', async () => {
    const response = await fetch(`${api}/slow`);
    expect([response.status, await response.json()]).toEqual([503, { message: 'Service Unavailable' }]);
  });
});

describe('the gateway', () => {
  it('refuses bodies over 10 MB, and over what Lambda takes: 413', async () => {
    const post = async (size: number): Promise<[number, unknown]> => {
      const init = { method: 'POST', body: 'x'.repeat(size), headers: { 'content-type': 'text/plain' } };
      const response = await fetch(`${api}/things`, init);
      return [response.status, await response.json()];
    };
    expect(await post(10 * 1024 * 1024 + 1)).toEqual([413, { message: 'Request Entity Too Large' }]);
    expect(await post(6_300_000)).toEqual([413, { message: 'Request Too Long' }]);
  });

  it('throttles each route by itself, after its burst: 429', async () => {
    const statuses = await Promise.all(Array.from({ length: 21 }, async () => (await fetch(`${api}/rare`)).status));
    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    expect((await fetch(`${api}/things/known`)).status).toBe(200);
  });

  it('logs each access in the stage’s format', async () => {
    await fetch(`${api}/nothing-at-all`);
    const line = '[api] {"route":"-","status":"404","ip":"127.0.0.1","x":"-"}';
    await until(() => stack.lines.find((one) => one === line));
  });

  it('outlives a client that goes away in the middle of its request', async () => {
    const outgoing = request(`${api}/things`, { method: 'POST', headers: { 'content-length': '100' } });
    await new Promise((resolve) =>
      outgoing.on('error', resolve).write('half', () => outgoing.destroy(new Error('gone'))),
    );
    expect((await fetch(`${api}/things/known`)).status).toBe(200);
  });
});
