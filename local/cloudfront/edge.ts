import { randomUUID } from 'node:crypto';
import { compressed, normalizedEncoding } from './compression.ts';
import type { Behaviour, Distribution } from './distribution.ts';
import { createEdgeCache, type EdgeCache } from './edge-cache.ts';
import { freshSeconds } from './freshness.ts';
import {
  requestForFunction,
  requestFromFunction,
  responseForFunction,
  responseFromFunction,
  type FunctionEvent,
} from './function-event.ts';
import { refusal, withHeaders, type EdgeRequest, type EdgeResponse } from './message.ts';
import { cacheKey, originRequest } from './origin-request.ts';
import { refuseUnsigned, type TrustedKeys } from './signed-cookies.ts';
import type { CachePolicy, Parts } from './policies.ts';
import type { ResponseHeadersPolicy } from './response-headers.ts';
import type { ViewerFunction } from './viewer-function.ts';

/** Asks an origin; its failures are answers too. */
export type Ask = (request: EdgeRequest) => Promise<EdgeResponse>;

/** A behaviour with its origin, policies and functions looked up. */
export interface Route extends Behaviour {
  readonly ask: Ask;
  readonly cache: CachePolicy;
  readonly forwarded: Parts;
  readonly headersPolicy: ResponseHeadersPolicy;
  /** Undefined when anybody is answered. */
  readonly trustedKeys: TrustedKeys | undefined;
  readonly viewerRequest: ViewerFunction | undefined;
  readonly viewerResponse: ViewerFunction | undefined;
}

export interface EdgeOptions {
  readonly distribution: Distribution;
  readonly routes: readonly Route[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The time by which signatures run out: that of whoever signs. */
  readonly signersNow: () => number;
  readonly log: (line: string) => void;
}

/** One edge of the distribution: what it answers to a request, step by step in CloudFront's order. */
export function createEdge(options: EdgeOptions): (request: EdgeRequest) => Promise<EdgeResponse> {
  const cache = createEdgeCache(options.now);
  return async (request) => {
    const route = options.routes.find(({ matches }) => matches(request.path));
    if (!route) throw new Error('The default behaviour takes every path.');
    if (!route.allowedMethods.has(request.method)) return methodRefused(request.method);
    const unsigned = route.trustedKeys && refuseUnsigned(request, route.trustedKeys, options.signersNow());
    if (unsigned) return unsigned;
    const viewed = viewerRequest(route, request, options.log);
    if ('status' in viewed) return viewed;
    const found = await fromCacheOrOrigin(options, cache, route, withRootObject(viewed, options.distribution));
    const shown = await errorPage(options, cache, viewed, found);
    return viewerResponse(route, viewed, route.headersPolicy(shown), options.log);
  };
}

function methodRefused(method: string): EdgeResponse {
  const detail = `This distribution is not configured to allow the HTTP request method that was used for this request (${method}).`;
  return refusal(403, detail, 'Add it to the behaviour’s AllowedMethods, if it is meant to be allowed.');
}

function withRootObject(request: EdgeRequest, { defaultRootObject }: Distribution): EdgeRequest {
  return request.path === '/' && defaultRootObject !== '' ? { ...request, path: `/${defaultRootObject}` } : request;
}

function viewerRequest(route: Route, request: EdgeRequest, log: (line: string) => void): EdgeRequest | EdgeResponse {
  if (!route.viewerRequest) return request;
  try {
    const result = route.viewerRequest({
      ...envelope('viewer-request', request),
      request: requestForFunction(request),
    });
    const isResponse = typeof result === 'object' && result !== null && 'statusCode' in result;
    if (!isResponse) return requestFromFunction(result, request);
    const response = responseFromFunction(result, Buffer.alloc(0));
    // Neither the response headers policy nor the viewer-response function is promised to see it.
    return withHeaders(response, { 'x-cache': 'FunctionGeneratedResponse from cloudfront' });
  } catch (error) {
    return functionFailed(error, log);
  }
}

function viewerResponse(
  route: Route,
  request: EdgeRequest,
  response: EdgeResponse,
  log: (line: string) => void,
): EdgeResponse {
  // CloudFront does not run it for errors of the origin.
  if (!route.viewerResponse || response.status >= 400) return response;
  try {
    const event = {
      ...envelope('viewer-response', request),
      request: requestForFunction(request),
      response: responseForFunction(response),
    };
    return responseFromFunction(route.viewerResponse(event), response.body);
  } catch (error) {
    return functionFailed(error, log);
  }
}

function functionFailed(error: unknown, log: (line: string) => void): EdgeResponse {
  const reason = error instanceof Error ? error.message : String(error);
  log(`[cloudfront] function failed: ${reason}`);
  return refusal(
    503,
    'The CloudFront function associated with the CloudFront distribution is invalid or could not run.',
    'The log has why.',
  );
}

function envelope(eventType: string, { viewerIp }: EdgeRequest): Omit<FunctionEvent, 'request'> {
  return {
    version: '1.0',
    context: { distributionDomainName: 'localhost', distributionId: 'LOCAL', eventType, requestId: randomUUID() },
    viewer: { ip: viewerIp },
  };
}

async function fromCacheOrOrigin(
  options: EdgeOptions,
  cache: EdgeCache,
  route: Route,
  request: EdgeRequest,
): Promise<EdgeResponse> {
  const encoding = normalizedEncoding(request.headers['accept-encoding'] ?? '', route.cache);
  const asked = { request, cache: route.cache, forwarded: route.forwarded, encoding };
  const key = cacheKey(route.originId, asked);
  // Errors are kept even if the policy keeps nothing: how long, the distribution says.
  const cacheable = request.method === 'GET' || request.method === 'HEAD';
  const stored = cacheable ? cache.get(key) : undefined;
  if (stored) return hit(stored.response, stored.age);

  const toOrigin = originRequest(asked);
  const answer = await route.ask(cacheable && route.cache.maxTtl > 0 ? unconditional(toOrigin) : toOrigin);
  const sent = route.compress ? await compressed(answer, encoding) : answer;
  const errorSeconds = options.distribution.errors.get(answer.status)?.cachingSeconds ?? 10;
  const seconds = freshSeconds(answer, route.cache, errorSeconds, options.now());
  if (cacheable && request.method === 'GET' && seconds > 0) cache.put(key, sent, seconds);
  return withHeaders(sent, { 'x-cache': answer.status >= 400 ? 'Error from cloudfront' : 'Miss from cloudfront' });
}

function hit(response: EdgeResponse, age: number): EdgeResponse {
  const verdict = response.status >= 400 ? 'Error from cloudfront' : 'Hit from cloudfront';
  return withHeaders(response, { 'x-cache': verdict, age: String(age) });
}

/** The cache wants the whole object, whatever the viewer has of it already. */
function unconditional(request: EdgeRequest): EdgeRequest {
  const conditions = new Set([
    'if-none-match',
    'if-modified-since',
    'if-match',
    'if-unmodified-since',
    'if-range',
    'range',
  ]);
  const kept = Object.entries(request.headers).filter(([name]) => !conditions.has(name));
  return { ...request, headers: Object.fromEntries(kept) };
}

/** A custom error page is fetched through the behaviour of its own path; where that fails too, the origin's answer stands. */
async function errorPage(
  options: EdgeOptions,
  cache: EdgeCache,
  request: EdgeRequest,
  found: EdgeResponse,
): Promise<EdgeResponse> {
  const page = options.distribution.errors.get(found.status)?.page;
  const route = page && options.routes.find(({ matches }) => matches(page.path));
  if (!page || !route) return found;
  const shown = await fromCacheOrOrigin(options, cache, route, {
    ...request,
    method: 'GET',
    path: page.path,
    query: '',
  });
  return shown.status === 200
    ? withHeaders({ ...shown, status: page.status }, { 'x-cache': 'Error from cloudfront' })
    : found;
}
