import { cacheControl, type EdgeResponse } from './message.ts';
import type { CachePolicy } from './policies.ts';

// "CloudFront always caches" these, and those only if the origin says for how long. (Developer Guide, "HTTP 4xx and 5xx status
// codes that CloudFront caches".)
const ALWAYS_CACHED = new Set([404, 410, 414, 500, 501, 502, 503, 504]);
const CACHED_IF_TOLD = new Set([400, 403, 405, 412, 415]);

/**
 * How many seconds the edge may answer with this response; 0 is not at all.
 * (Developer Guide, "Manage how long content stays in the cache".)
 * @param errorSeconds the distribution's ErrorCachingMinTTL for this status
 * @param now milliseconds since 1970
 */
export function freshSeconds(response: EdgeResponse, policy: CachePolicy, errorSeconds: number, now: number): number {
  const told = toldSeconds(response, now);
  if (response.status < 400) return toldOrDefault(told, policy);
  if (ALWAYS_CACHED.has(response.status)) return Math.max(errorSeconds, typeof told === 'number' ? told : 0);
  return CACHED_IF_TOLD.has(response.status) && typeof told === 'number' ? Math.max(errorSeconds, told) : 0;
}

function toldOrDefault(told: number | 'never' | undefined, { minTtl, defaultTtl, maxTtl }: CachePolicy): number {
  if (told === 'never') return minTtl;
  return Math.min(maxTtl, Math.max(minTtl, told ?? defaultTtl));
}

/** What the origin says; 'never' for no-store and its like, undefined when it says nothing. */
function toldSeconds({ headers }: EdgeResponse, now: number): number | 'never' | undefined {
  const control = cacheControl(headers);
  if (['no-cache', 'no-store', 'private'].some((directive) => control.has(directive))) return 'never';
  const age = control.get('s-maxage') ?? control.get('max-age');
  if (age !== undefined && /^\d+$/.test(age)) return Number(age);
  const expires = Date.parse(headers['expires'] ?? '');
  return Number.isNaN(expires) ? undefined : Math.max(0, (expires - now) / 1000);
}
