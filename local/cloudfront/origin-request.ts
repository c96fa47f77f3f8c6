import { randomUUID } from 'node:crypto';
import { chosenCookies, chosenQuery } from './choice.ts';
import type { EdgeRequest } from './message.ts';
import type { CachePolicy, Parts } from './policies.ts';

/** These belong to one connection, or are made anew for the origin. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'content-length',
  'cookie',
  'accept-encoding',
  'via',
  'x-forwarded-for',
  'user-agent',
]);

interface Asked {
  readonly request: EdgeRequest;
  readonly cache: CachePolicy;
  readonly forwarded: Parts;
  /** As `normalizedEncoding` said. */
  readonly encoding: string;
}

/** What of the viewer's request goes to the origin: what the cache key has, and what the origin request policy adds. */
export function originRequest({ request, cache, forwarded, encoding }: Asked): EdgeRequest {
  const chosen = (part: keyof Parts) => (name: string) => cache.key[part](name) || forwarded[part](name);
  const { headers } = request;
  const cookies = chosenCookies(headers['cookie'] ?? '', chosen('cookie'));
  const kept = Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name) && chosen('header')(name));
  const verbatim = chosen('header')('accept-encoding') ? (headers['accept-encoding'] ?? '') : '';
  return {
    ...request,
    query: chosenQuery(request.query, chosen('query')),
    headers: {
      ...Object.fromEntries(kept),
      ...present('accept-encoding', cache.gzip || cache.brotli ? encoding : verbatim),
      ...present('cookie', cookies),
      'user-agent': chosen('header')('user-agent') ? (headers['user-agent'] ?? '') : 'Amazon CloudFront',
      via: '1.1 local.cloudfront.net (CloudFront)',
      'x-amz-cf-id': randomUUID(),
      'x-forwarded-for': [headers['x-forwarded-for'], request.viewerIp].filter(Boolean).join(', '),
    },
  };
}

/** Two requests with the same key get the same answer from the cache. */
export function cacheKey(originId: string, { request, cache, encoding }: Omit<Asked, 'forwarded'>): string {
  const { headers } = request;
  return JSON.stringify([
    originId,
    request.path,
    chosenQuery(request.query, cache.key.query),
    Object.entries(headers)
      .filter(([name]) => name !== 'cookie' && cache.key.header(name))
      .sort(([one], [other]) => one.localeCompare(other)),
    chosenCookies(headers['cookie'] ?? '', cache.key.cookie),
    encoding,
  ]);
}

function present(name: string, value: string): Readonly<Record<string, string>> {
  return value === '' ? {} : { [name]: value };
}
