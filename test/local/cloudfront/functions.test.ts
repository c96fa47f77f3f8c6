import { afterEach, describe, expect, it } from '@jest/globals';
import { ALL_METHODS, startSite, type Site, type SiteChanges } from './site.ts';

let site: Site | undefined;
const started = async (changes?: SiteChanges) => {
  site = await startSite(changes);
  return site;
};
afterEach(async () => {
  await site?.stop();
  site = undefined;
});

/** A behaviour with this code; the test's front server takes a function's ARN for its code. */
const running = (code: string, event = 'viewer-request') => ({
  FunctionAssociations: [{ EventType: event, FunctionARN: code }],
});
const page = (code: string, files: Record<string, string> = { 'index.html': 'page' }) =>
  started({ files, page: running(code) });

describe('a viewer-request function', () => {
  it('may change the path, which changes neither the behaviour nor what is allowed', async () => {
    const { get } = await page(`function handler(event) { event.request.uri = '/index.html'; return event.request; }`);
    expect(await (await get('/anything')).text()).toBe('page');
    expect(await (await get('/api/x')).text()).toBe('the api');
  });

  it('sees the request as CloudFront tells it', async () => {
    const code = `function handler({ version, context, viewer, request }) {
      return { statusCode: 200, body: JSON.stringify({ version, eventType: context.eventType, viewer, request }) };
    }`;
    const { get } = await page(code);
    const event = await (await get('/a%20b?x=1&y=2&x=3&z', { headers: { cookie: 'c=1; d=2', 'X-One': '1' } })).json();
    expect(event).toMatchObject({ version: '1.0', eventType: 'viewer-request', viewer: { ip: '127.0.0.1' } });
    expect(event).toMatchObject({
      request: {
        method: 'GET',
        uri: '/a%20b',
        querystring: {
          x: { value: '3', multiValue: [{ value: '1' }, { value: '3' }] },
          y: { value: '2' },
          z: { value: '' },
        },
        headers: { 'x-one': { value: '1' } },
        cookies: { c: { value: '1' }, d: { value: '2' } },
      },
    });
    expect(event).not.toHaveProperty('request.headers.cookie');
  });

  it('may answer by itself: status, headers, cookies, and a body as text or base64', async () => {
    const code = `async function handler() {
      return { statusCode: 418, headers: { 'x-made': { value: 'here' } },
        cookies: { a: { value: '1', attributes: 'Path=/' } }, body: { encoding: 'base64', data: 'dGVh' } };
    }`;
    const { get } = await page(code);
    const answer = await get('/');
    expect(answer.status).toBe(418);
    expect(answer.headers.get('x-made')).toBe('here');
    expect(answer.headers.get('x-cache')).toBe('FunctionGeneratedResponse from cloudfront');
    expect(answer.headers.getSetCookie()).toEqual(['a=1; Path=/']);
    expect(await answer.text()).toBe('tea');
  });

  it('changes query, headers and cookies that the origin sees', async () => {
    const code = `function handler({ request }) {
      delete request.querystring.gone;
      request.querystring.more = { value: '1', multiValue: [{ value: '1' }, { value: '2' }] };
      request.headers['x-added'] = { value: 'yes' };
      delete request.cookies.c;
      return request;
    }`;
    const { get } = await started({
      api: (incoming, outgoing) =>
        void outgoing.end(JSON.stringify([incoming.url, incoming.headers['x-added'], incoming.headers.cookie])),
      apiBehaviour: { ...running(code), AllowedMethods: ALL_METHODS },
    });
    const answer = await get('/api/x?kept=%26&gone=1', { headers: { cookie: 'c=1; d=2' } });
    expect(await answer.json()).toEqual(['/api/x?kept=%26&more=1&more=2', 'yes', 'd=2']);
  });

  it('remembers nothing from one request to the next', async () => {
    const { get } = await page(
      'let n = 0; function handler() { n += 1; return { statusCode: 200, body: String(n) }; }',
    );
    await get('/');
    expect(await (await get('/')).text()).toBe('1');
  });

  it.each([
    ['throws', 'function handler() { throw new Error("broken"); }', /broken/],
    ['rejects', 'async function handler() { throw new Error("broken"); }', /broken/],
    ['runs for ever', 'function handler() { for (;;); }', /timed out/],
    ['never answers', 'function handler() { return new Promise(() => {}); }', /neither a request nor a response/],
    ['returns nothing', 'function handler() {}', /neither a request nor a response/],
    ['has a status that is none', 'function handler() { return { statusCode: 9 }; }', /statusCode 9/],
    [
      'has a status in quotes',
      "function handler() { return { statusCode: '200' }; }",
      /statusCode: should be a number/,
    ],
    [
      'gives a header a number',
      'function handler() { return { statusCode: 200, headers: { "x-a": { value: 1 } } }; }',
      /headers\.x-a\.value: should be a string\. Mend the function/,
    ],
    [
      'names a header in capitals',
      'function handler() { return { statusCode: 200, headers: { "X-A": { value: "1" } } }; }',
      /lower case/,
    ],
    [
      'wants Node',
      'function handler() { return { statusCode: 200, body: process.version }; }',
      /process is not defined/,
    ],
    [
      'climbs out by a constructor',
      'function handler(e) { return e.constructor.constructor("return process")(); }',
      /Code generation/,
    ],
  ])(
    'that %s is a 503, and the log says why',
    async (_what, code, message) => {
      const { get, lines } = await page(code);
      expect((await get('/')).status).toBe(503);
      expect(lines.join('\n')).toMatch(message);
    },
    20_000,
  );

  it('that CloudFront would refuse is refused at the start', async () => {
    await expect(startSite({ page: running(`// ${'x'.repeat(10_240)}`) })).rejects.toThrow(/10240 are allowed/);
    await expect(startSite({ page: running('function handler( {') })).rejects.toThrow(/Unexpected end/);
    await expect(startSite({ page: running(`import cf from 'cloudfront';`) })).rejects.toThrow(/imports a module/);
  });
});

describe('a viewer-response function', () => {
  const code = `function handler({ response }) {
    response.headers['x-last'] = { value: String(response.statusCode) };
    response.cookies.seen = { value: '1', attributes: 'Secure' };
    return response;
  }`;

  it('has the last word on the headers, and leaves the body alone', async () => {
    const { get } = await started({ page: running(code, 'viewer-response') });
    const answer = await get('/');
    expect(answer.headers.get('x-last')).toBe('200');
    expect(answer.headers.getSetCookie()).toEqual(['seen=1; Secure']);
    expect(await answer.text()).toBe('<h1>The page</h1>');
  });

  it('is not asked about errors of the origin', async () => {
    const { get } = await started({ page: running(code, 'viewer-response') });
    expect((await get('/nothing')).headers.get('x-last')).toBeNull();
  });
});
