import { afterEach, describe, expect, it } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { fields } from '../../../local/template/fields.ts';
import { raw, startSite, type Site, type SiteChanges } from './site.ts';

let site: Site | undefined;
const started = async (changes?: SiteChanges) => {
  site = await startSite(changes);
  return site;
};
afterEach(async () => {
  await site?.stop();
  site = undefined;
});

/** A cache policy as the stack's for /api/config. */
const cachePolicy = (changes: Record<string, unknown> = {}, parameters: Record<string, unknown> = {}) => ({
  Name: 'config',
  MinTTL: 0,
  DefaultTTL: 0,
  MaxTTL: 3600,
  ...changes,
  ParametersInCacheKeyAndForwardedToOrigin: {
    CookiesConfig: { CookieBehavior: 'none' },
    HeadersConfig: { HeaderBehavior: 'none' },
    QueryStringsConfig: { QueryStringBehavior: 'none' },
    EnableAcceptEncodingGzip: false,
    ...parameters,
  },
});

/** Answers a number that grows with each request that reaches it. */
const counter = (status: number, headers: Record<string, string>): RequestListener => {
  let count = 0;
  return (_incoming, outgoing) => {
    count += 1;
    outgoing.writeHead(status, headers);
    outgoing.end(String(count));
  };
};

const cached = async (api: RequestListener, policy = cachePolicy()) => {
  const clock = { now: 0 };
  const front = { cachePolicy: () => fields(policy, 'CachePolicyConfig'), now: () => clock.now };
  const { get } = await started({ api, apiBehaviour: { CachePolicyId: 'own' }, page: { CachePolicyId: 'own' }, front });
  const ask = async (path = '/api/x', init?: RequestInit) => {
    const answer = await get(path, init);
    return `${await answer.text()} ${answer.headers.get('x-cache')?.split(' ')[0]}`;
  };
  return { ask, clock, get };
};

const MINUTE = { 'cache-control': 'public, max-age=60' };

describe('the cache', () => {
  it('keeps an answer for as long as the origin says, and tells its age', async () => {
    const { ask, clock, get } = await cached(counter(200, MINUTE));
    expect(await ask()).toBe('1 Miss');
    clock.now = 59_000;
    expect(await ask()).toBe('1 Hit');
    expect((await get('/api/x')).headers.get('age')).toBe('59');
    clock.now = 60_000;
    expect(await ask()).toBe('2 Miss');
  });

  it.each([
    ['s-maxage comes before max-age', { 'cache-control': 'max-age=1, s-maxage=100' }, {}, 100],
    ['MaxTTL is the most', { 'cache-control': 'max-age=9999' }, { MaxTTL: 10 }, 10],
    ['MinTTL is the least', { 'cache-control': 'max-age=1' }, { MinTTL: 10 }, 10],
    ['MinTTL counts even against no-store', { 'cache-control': 'no-store' }, { MinTTL: 10 }, 10],
    ['DefaultTTL is for an origin that says nothing', {}, { DefaultTTL: 20 }, 20],
    ['Expires is taken where there is no Cache-Control', { expires: 'Thu, 01 Jan 1970 00:00:30 GMT' }, {}, 30],
  ])('%s', async (_rule, headers, ttl, seconds) => {
    const { ask, clock } = await cached(counter(200, headers), cachePolicy(ttl));
    await ask();
    clock.now = seconds * 1000 - 1;
    expect(await ask()).toBe('1 Hit');
    clock.now = seconds * 1000;
    expect(await ask()).toBe('2 Miss');
  });

  it.each(['no-store', 'no-cache', 'private, max-age=60', 'max-age=0'])('keeps nothing that is %s', async (control) => {
    const { ask } = await cached(counter(200, { 'cache-control': control }));
    expect(await ask()).toBe('1 Miss');
    expect(await ask()).toBe('2 Miss');
  });

  it('keeps only answers to GET', async () => {
    const { ask } = await cached(counter(200, MINUTE));
    expect(await ask('/api/x', { method: 'POST' })).toBe('1 Miss');
    expect(await ask()).toBe('2 Miss');
    expect(await ask('/api/x', { method: 'POST' })).toBe('3 Miss');
    expect(await ask('/api/x', { method: 'HEAD' })).toBe(' Hit');
  });

  it('tells requests apart by what the policy puts into the key, and by nothing else', async () => {
    const parameters = {
      HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['X-Kind'] },
      QueryStringsConfig: { QueryStringBehavior: 'allExcept', QueryStrings: ['utm'] },
      CookiesConfig: { CookieBehavior: 'whitelist', Cookies: ['c'] },
    };
    const { ask } = await cached(counter(200, MINUTE), cachePolicy({}, parameters));
    expect(await ask('/api/x?utm=1')).toBe('1 Miss');
    expect(await ask('/api/x?utm=2', { headers: { 'x-other': '1', cookie: 'd=1' } })).toBe('1 Hit');
    expect(await ask('/api/x?q=1')).toBe('2 Miss');
    expect(await ask('/api/x', { headers: { 'x-kind': '1' } })).toBe('3 Miss');
    expect(await ask('/api/x', { headers: { cookie: 'c=1' } })).toBe('4 Miss');
    expect(await ask('/api/y')).toBe('5 Miss');
  });

  it('is not used where the policy is CachingDisabled', async () => {
    const { get } = await started({ api: counter(200, MINUTE) });
    await get('/api/x');
    expect(await (await get('/api/x')).text()).toBe('2');
  });

  it('keeps a server’s error for ten seconds, as CloudFront does', async () => {
    const { ask, clock } = await cached(counter(503, {}));
    expect(await ask()).toBe('1 Error');
    clock.now = 9999;
    expect(await ask()).toBe('1 Error');
    clock.now = 10_000;
    expect(await ask()).toBe('2 Error');
  });

  it.each([
    ['does so where nothing else is kept, and for everybody', {}, '1'],
    ['does not where the distribution says so', { ErrorCode: 404, ErrorCachingMinTTL: 0 }, '2'],
  ])('%s', async (_, error, answer) => {
    const distribution = { CustomErrorResponses: 'ErrorCode' in error ? [error] : [] };
    const { get } = await started({ api: counter(404, { 'cache-control': 'no-store' }), distribution });
    await get('/api/x', { headers: { authorization: 'Bearer mallory' } });
    expect(await (await get('/api/x', { headers: { authorization: 'Bearer ada' } })).text()).toBe(answer);
  });

  it('keeps a refusal only if the origin says for how long', async () => {
    const { ask } = await cached(counter(403, {}));
    expect(await ask()).toBe('1 Error');
    expect(await ask()).toBe('2 Error');
  });

  it('asks for the whole object, whatever the viewer has of it', async () => {
    const seen: (string | undefined)[] = [];
    const { ask } = await cached((incoming, outgoing) => {
      seen.push(incoming.headers['if-none-match'], incoming.headers.range);
      outgoing.writeHead(200, { ...MINUTE, etag: '"1"' });
      outgoing.end('whole');
    });
    const headers = { 'if-none-match': '"1"', range: 'bytes=0-1' };
    expect(await ask('/api/x', { headers })).toBe(' Miss');
    expect(seen).toEqual([undefined, undefined]);
    expect(await ask()).toBe('whole Hit');
  });
});

describe('compression', () => {
  const text = 'All work and no play. '.repeat(100);
  const files = { 'index.html': text, 'small.html': 'x'.repeat(999), 'photo.png': text };
  const asked = async (path: string, accepted: string, changes: SiteChanges = {}) => {
    const { url } = await started({ files, ...changes });
    return raw(url, path, { host: 'localhost', 'accept-encoding': accepted });
  };

  it('is brotli for who takes it, else gzip, and says so', async () => {
    const brotli = await asked('/index.html', 'gzip, deflate, br');
    expect(brotli.headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding' });
    expect(brotli.headers.etag).toMatch(/^W\/"/);
    expect(brotliDecompressSync(brotli.body).toString()).toBe(text);
    await site?.stop();
    const gzip = await asked('/index.html', 'gzip');
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gzip.body).toString()).toBe(text);
  });

  it.each([
    ['the viewer does not take it', '/index.html', 'identity', {}],
    ['the viewer rules it out', '/index.html', 'br;q=0, gzip;q=0.0', {}],
    ['it is small', '/small.html', 'br', {}],
    ['it is no text', '/photo.png', 'br', {}],
    ['the behaviour does not say so', '/index.html', 'br', { page: { Compress: false } }],
  ])('is left out when %s', async (_reason, path, accepted, changes) => {
    const answer = await asked(path, accepted, changes);
    expect(answer.headers).not.toHaveProperty('content-encoding');
  });

  it('never gives one viewer the bytes that only another can read', async () => {
    const { url } = await started({ files });
    const ask = (accepted: string) => raw(url, '/index.html', { host: 'localhost', 'accept-encoding': accepted });
    expect((await ask('br')).headers['content-encoding']).toBe('br');
    expect((await ask('identity')).body.toString()).toBe(text);
    expect((await ask('br')).headers['x-cache']).toBe('Hit from cloudfront');
  });

  it('is recognized by the tag that came with it', async () => {
    const { url } = await started({ files });
    const headers = { host: 'localhost', 'accept-encoding': 'br' };
    const { etag = '' } = (await raw(url, '/index.html', headers)).headers;
    expect((await raw(url, '/index.html', { ...headers, 'if-none-match': etag })).status).toBe(304);
  });
});
