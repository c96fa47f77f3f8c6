import { afterEach, describe, expect, it } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { fields } from '../../../local/template/fields.ts';
import { DISABLED, raw, startSite, type Site, type SiteChanges } from './site.ts';

let site: Site | undefined;
const started = async (changes?: SiteChanges) => {
  site = await startSite(changes);
  return site;
};
afterEach(async () => {
  await site?.stop();
  site = undefined;
});

/** Answers with what it was asked. */
const mirror: RequestListener = (incoming, outgoing) => {
  const { method, url, headers } = incoming;
  let body = '';
  incoming.on('data', (chunk: Buffer) => {
    body += chunk.toString();
  });
  incoming.on('end', () => outgoing.end(JSON.stringify({ method, url, headers, body })));
};

const viewer = { authorization: 'Bearer t', cookie: 'a=1; b=2', 'x-one': '1', 'x-two': '2' };

describe('what the API is asked', () => {
  it('AllViewerExceptHostHeader passes everything on but the host', async () => {
    const { get, url } = await started({ api: mirror });
    const asked = await (
      await get('/api/x?b=2&a=%20', {
        method: 'POST',
        body: '{}',
        headers: { ...viewer, 'content-type': 'application/json' },
      })
    ).json();
    expect(asked).toMatchObject({ method: 'POST', url: '/api/x?b=2&a=%20', body: '{}' });
    expect(asked).toMatchObject({
      headers: {
        ...viewer,
        'content-type': 'application/json',
        'x-forwarded-for': '127.0.0.1',
      },
    });
    expect(asked).not.toHaveProperty('headers.host', new URL(url).host);
  });

  it('without an origin request policy it learns of the viewer nothing that is not in the cache key', async () => {
    const { get } = await started({ api: mirror, apiBehaviour: { OriginRequestPolicyId: '' } });
    const asked = await (await get('/api/x?a=1', { headers: viewer })).json();
    expect(asked).toHaveProperty('url', '/api/x');
    expect(asked).not.toHaveProperty('headers.authorization');
    expect(asked).not.toHaveProperty('headers.cookie');
    expect(asked).toHaveProperty('headers.user-agent', 'Amazon CloudFront');
  });

  it('a policy of the template picks headers, cookies and query parameters by name', async () => {
    const policy = {
      Name: 'some',
      HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['X-One'] },
      CookiesConfig: { CookieBehavior: 'allExcept', Cookies: ['a'] },
      QueryStringsConfig: { QueryStringBehavior: 'whitelist', QueryStrings: ['q'] },
    };
    const { get } = await started({
      api: mirror,
      apiBehaviour: { OriginRequestPolicyId: 'own' },
      front: { originRequestPolicy: (id) => (id === 'own' ? fields(policy, 'OriginRequestPolicyConfig') : undefined) },
    });
    const asked = await (await get('/api/x?p=1&q=2&q=3', { headers: viewer })).json();
    expect(asked).toHaveProperty('url', '/api/x?q=2&q=3');
    expect(asked).toMatchObject({ headers: { 'x-one': '1', cookie: 'b=2' } });
    expect(asked).not.toHaveProperty('headers.x-two');
  });

  it('the origin’s own path and headers are added', async () => {
    const apiOrigin = { OriginPath: '/prod', OriginCustomHeaders: [{ HeaderName: 'X-Key', HeaderValue: 'k' }] };
    const { get } = await started({ api: mirror, apiOrigin });
    const asked = await (await get('/api/x')).json();
    expect(asked).toHaveProperty('url', '/prod/api/x');
    expect(asked).toHaveProperty('headers.x-key', 'k');
  });
});

describe('what the API answers', () => {
  it('comes through as it is: status, headers, cookies, bytes', async () => {
    const { get } = await started({
      api: (_incoming, outgoing) => {
        outgoing.writeHead(402, { 'content-type': 'application/problem+json', 'set-cookie': ['a=1; Path=/', 'b=2'] });
        outgoing.end(Buffer.from([0, 255, 10]));
      },
    });
    const answer = await get('/api/x');
    expect(answer.status).toBe(402);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2']);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(Buffer.from([0, 255, 10]));
  });

  it('when it fails, is CloudFront’s 502; the front server goes on', async () => {
    const { get } = await started({ api: (incoming) => void incoming.socket.destroy() });
    const failed = await get('/api/x');
    expect(failed.status).toBe(502);
    expect(await failed.text()).toContain('connect to the origin');
    expect((await get('/')).status).toBe(200);
  });

  it('when it does not come in OriginReadTimeout, is CloudFront’s 504', async () => {
    const apiOrigin = { CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginReadTimeout: 0.05 } };
    const { get } = await started({ api: () => {}, apiOrigin });
    expect((await get('/api/x')).status).toBe(504);
  });
});

describe('response headers policies', () => {
  const policy = {
    Name: 'headers',
    SecurityHeadersConfig: {
      ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'", Override: true },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 60, IncludeSubdomains: true, Preload: true, Override: true },
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'DENY', Override: true },
      ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: false },
      XSSProtection: { Protection: false, Override: true },
    },
    CustomHeadersConfig: { Items: [{ Header: 'Permissions-Policy', Value: 'camera=()', Override: true }] },
    RemoveHeadersConfig: { Items: [{ Header: 'Server' }] },
  };
  const api: RequestListener = (_incoming, outgoing) => {
    outgoing.writeHead(200, { 'referrer-policy': 'origin', 'x-frame-options': 'SAMEORIGIN', server: 'x' });
    outgoing.end();
  };

  it('add, replace where they may override, and remove', async () => {
    const apiBehaviour = { CachePolicyId: DISABLED, ResponseHeadersPolicyId: 'own' };
    const { url } = await started({
      api,
      apiBehaviour,
      front: { responseHeadersPolicy: () => fields(policy, 'ResponseHeadersPolicyConfig') },
    });
    const { headers } = await raw(url, '/api/x', { host: 'localhost' });
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none'",
      'strict-transport-security': 'max-age=60; includeSubDomains; preload',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'origin',
      'x-xss-protection': '0',
      'permissions-policy': 'camera=()',
    });
    expect(headers).not.toHaveProperty('server');
  });

  it('with CORS are refused: page and API are one origin', async () => {
    const front = { responseHeadersPolicy: () => fields({ ...policy, CorsConfig: {} }, 'ResponseHeadersPolicyConfig') };
    await expect(startSite({ page: { ResponseHeadersPolicyId: 'own' }, front })).rejects.toThrow(/CorsConfig/);
  });
});

describe('the log', () => {
  it('has a line for each request, without its query, which may hold a code', async () => {
    const { get, lines } = await started();
    await get('/?code=secret');
    expect(lines.join('\n')).toMatch(/^cloudfront {2}GET \/ 200 Miss \d+ ms$/);
  });
});
