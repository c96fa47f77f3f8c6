import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import { ALL_METHODS, DISABLED, raw, startSite, type Site, type SiteChanges } from './site.ts';

let site: Site | undefined;
const started = async (changes?: SiteChanges) => {
  site = await startSite(changes);
  return site;
};
afterEach(async () => {
  await site?.stop();
  site = undefined;
});

const behaviour = (PathPattern: string, TargetOriginId: string) => ({
  PathPattern,
  TargetOriginId,
  CachePolicyId: DISABLED,
});

describe('behaviours', () => {
  it('are tried in their order, and the default one takes what is left', async () => {
    const { get } = await started({
      files: { 'index.html': 'page', 'api/open.txt': 'a file', 'other.txt': 'another' },
      behaviours: [behaviour('/api/open.txt', 'page'), behaviour('/api/*', 'api')],
    });
    expect(await (await get('/api/open.txt')).text()).toBe('a file');
    expect(await (await get('/api/closed.txt')).text()).toBe('the api');
    expect(await (await get('/other.txt')).text()).toBe('another');
    expect(await (await get('/')).text()).toBe('page');
  });

  it.each([
    ['/api/*', '/api/a/b', true],
    ['api/*', '/api/x', true],
    ['/api/*', '/api', false],
    ['/api/*', '/API/x', false],
    ['*.js', '/deep/main.js', true],
    ['/v?/x', '/v1/x', true],
    ['/v?/x', '/v12/x', false],
    ['/a.b', '/aXb', false],
  ])('the path pattern %s and the path %s: %s', async (pattern, path, matches) => {
    const { get } = await started({ behaviours: [behaviour(pattern, 'api')] });
    expect((await (await get(path)).text()) === 'the api').toBe(matches);
  });

  it('refuse a method that is not allowed, without asking the origin', async () => {
    let asked = 0;
    const { get } = await started({
      api: (_incoming, outgoing) => {
        asked += 1;
        outgoing.end();
      },
      apiBehaviour: { AllowedMethods: ['GET', 'HEAD'] },
    });
    const refused = await get('/api/x', { method: 'POST' });
    expect(refused.status).toBe(403);
    expect(refused.headers.get('x-cache')).toBe('Error from cloudfront');
    expect(await refused.text()).toContain('not configured to allow the HTTP request method');
    expect((await get('/', { method: 'DELETE' })).status).toBe(403);
    expect(asked).toBe(0);
  });
});

describe('the bucket', () => {
  it('answers files with their types and tags', async () => {
    const { get } = await started({
      files: { 'index.html': 'x', 'main.js': '1', 'style.css': '', 'icon.svg': '<svg/>', odd: '?' },
    });
    const typeOf = async (path: string) => (await get(path)).headers.get('content-type');
    expect(await typeOf('/index.html')).toBe('text/html');
    expect(await typeOf('/main.js')).toBe('text/javascript');
    expect(await typeOf('/style.css')).toBe('text/css');
    expect(await typeOf('/icon.svg')).toBe('image/svg+xml');
    expect(await typeOf('/odd')).toBe('binary/octet-stream');
    // The md5 of "x", as S3 makes it of an object uploaded in one part.
    expect((await get('/index.html')).headers.get('etag')).toBe('"9dd4e461268c8034f5c8564e155c67a6"');
  });

  it('says AccessDenied for what is missing, and NoSuchKey only to those who may list it', async () => {
    const denied = await (await started()).get('/nothing');
    expect(denied.status).toBe(403);
    expect(await denied.text()).toContain('<Code>AccessDenied</Code>');
    await site?.stop();
    const missing = await (await started({ bucket: { mayList: true } })).get('/nothing');
    expect(missing.status).toBe(404);
    expect(await missing.text()).toContain('<Code>NoSuchKey</Code>');
  });

  it('is closed to a distribution without origin access control, and to one that its policy leaves out', async () => {
    expect((await (await started({ pageOrigin: { OriginAccessControlId: '' } })).get('/')).status).toBe(403);
    await site?.stop();
    expect((await (await started({ bucket: { mayRead: false } })).get('/')).status).toBe(403);
  });

  it('gives away nothing outside its folder', async () => {
    const { url } = await started();
    for (const path of [
      '/../../etc/passwd',
      '/..%2f..%2f..%2fetc/passwd',
      '/%2e%2e/x',
      '/a/../index.html',
      '//etc/passwd',
      '/%00',
    ]) {
      expect((await raw(url, path)).status).toBeGreaterThanOrEqual(400);
    }
    expect((await raw(url, '/%zz')).status).toBe(400);
  });

  it('says 304 to who has the file already', async () => {
    const { get } = await started();
    const etag = (await get('/')).headers.get('etag') ?? '';
    const again = await get('/', { headers: { 'if-none-match': `"other", ${etag}` } });
    expect(again.status).toBe(304);
    expect(again.headers.get('etag')).toBe(etag);
    expect((await get('/', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });

  it('answers HEAD with the length and no body', async () => {
    const { get } = await started();
    const head = await get('/', { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe(String('<h1>The page</h1>'.length));
    expect(await head.text()).toBe('');
  });
});

describe('custom error responses', () => {
  it('show a page of their own with the status they name', async () => {
    const { get } = await started({
      files: { 'index.html': 'page', 'error.html': 'lost?' },
      distribution: { CustomErrorResponses: [{ ErrorCode: 403, ResponseCode: 404, ResponsePagePath: '/error.html' }] },
    });
    const answer = await get('/nothing');
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('lost?');
  });
});

describe('what nobody knows is refused at the start, saying where to go', () => {
  it.each([
    [
      'a property of the distribution',
      { distribution: { ContinuousDeploymentPolicyId: 'x' } },
      /ContinuousDeploymentPolicyId.*distribution\.ts/,
    ],
    [
      'a property of a behaviour',
      { page: { LambdaFunctionAssociations: [] } },
      /DefaultCacheBehavior\.LambdaFunctionAssociations: is not known/,
    ],
    ['a property of an origin', { apiOrigin: { VpcOriginConfig: {} } }, /Origins\[1\]\.VpcOriginConfig: is not known/],
    ['a cache policy', { page: { CachePolicyId: 'none-such' } }, /cache policy none-such.*managed-policies\.ts/],
    ['an origin request policy', { page: { OriginRequestPolicyId: 'none-such' } }, /origin request policy none-such/],
    [
      'a response headers policy',
      { page: { ResponseHeadersPolicyId: 'none-such' } },
      /response headers policy none-such/,
    ],
    ['an origin', { page: { TargetOriginId: 'none-such' } }, /origin none-such/],
  ])('%s', async (_what, changes, message) => {
    await expect(startSite(changes)).rejects.toThrow(message);
  });

  it('a port that is taken, with how to choose another', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => {
      other.listen(0, '127.0.0.1', resolve);
    });
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await expect(startSite({ front: { port } })).rejects.toThrow(new RegExp(`Port ${port} is taken.*PORT=`));
    other.close();
  });
});

describe('who may ask', () => {
  it('only a browser on this machine: another host name has no distribution', async () => {
    const { url } = await started();
    expect((await raw(url, '/', { host: 'evil.example' })).status).toBe(403);
    expect((await raw(url, '/', { host: 'localhost:4242' })).status).toBe(200);
  });

  it('with a body of 10 MB at most', async () => {
    const { get } = await started({ apiBehaviour: { AllowedMethods: ALL_METHODS } });
    const body = Buffer.alloc(10 * 1024 * 1024 + 1);
    expect((await get('/api/x', { method: 'POST', body })).status).toBe(413);
  });
});
