import { verify, type KeyObject } from 'node:crypto';
import type { EdgeRequest, EdgeResponse } from './message.ts';
import { allows, parsePolicy } from './signed-policy.ts';

/** Public keys by their id. */
export type TrustedKeys = ReadonlyMap<string, KeyObject>;

/** By the cookie's value; without one it is SHA-1, as it always was. */
const HASHES: Readonly<Partial<Record<string, string>>> = { SHA1: 'sha1', SHA256: 'sha256' };

/**
 * What CloudFront answers to somebody without valid signed cookies; undefined for those who have them. It looks at them before
 * its functions and its cache. Signed addresses (query parameters instead of cookies) are not known here.
 *
 * @param now milliseconds since 1970
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-signed-cookies.html
 */
export function refuseUnsigned(request: EdgeRequest, keys: TrustedKeys, now: number): EdgeResponse | undefined {
  const cookies = cookiesOf(request.headers['cookie'] ?? '');
  const keyId = cookies.get('CloudFront-Key-Pair-Id');
  if (keyId === undefined) return refused('MissingKey', 'Missing Key-Pair-Id query parameter or cookie value');
  const key = keys.get(keyId);
  if (key === undefined) return refused('InvalidKey', 'Unknown Key');
  const text = policyText(cookies, addressOf(request));
  const policy = text === undefined ? undefined : parsePolicy(text);
  if (text === undefined || policy === undefined) return refused('MalformedPolicy', 'Malformed Policy');
  const hash = HASHES[cookies.get('CloudFront-Hash-Algorithm') ?? 'SHA1'];
  const signature = decoded(cookies.get('CloudFront-Signature') ?? '');
  const signed = hash !== undefined && verify(hash, Buffer.from(text), key, signature);
  const asked = { address: addressOf(request), viewerIp: request.viewerIp, now: Math.floor(now / 1000) };
  return signed && allows(policy, asked) ? undefined : refused('AccessDenied', 'Access denied');
}

function cookiesOf(header: string): ReadonlyMap<string, string> {
  const pairs = header.split(';').map((pair) => pair.trim().split('='));
  return new Map(pairs.map(([name = '', ...value]) => [name, value.join('=')]));
}

/** The custom policy itself, or the canned one that `CloudFront-Expires` stands for: this very address until then. */
function policyText(cookies: ReadonlyMap<string, string>, address: string): string | undefined {
  const custom = cookies.get('CloudFront-Policy');
  if (custom !== undefined) return decoded(custom).toString('utf8');
  const until = cookies.get('CloudFront-Expires');
  if (until === undefined || !/^\d{1,12}$/.test(until)) return undefined;
  return `{"Statement":[{"Resource":"${address}","Condition":{"DateLessThan":{"AWS:EpochTime":${until}}}}]}`;
}

/** There is no TLS on loopback, and the port is part of the host. */
function addressOf({ headers, path, query }: EdgeRequest): string {
  return `http://${headers['host'] ?? ''}${path}${query === '' ? '' : `?${query}`}`;
}

const BASE64: Readonly<Record<string, string>> = { '-': '+', _: '=', '~': '/' };

/** Base64 in which CloudFront has replaced what no cookie may have. */
const decoded = (value: string): Buffer =>
  Buffer.from(
    value.replaceAll(/[-_~]/g, (character) => BASE64[character] ?? ''),
    'base64',
  );

function refused(code: string, message: string): EdgeResponse {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return {
    status: 403,
    headers: { 'content-type': 'text/xml', server: 'CloudFront', 'x-cache': 'Error from cloudfront' },
    setCookies: [],
    body: Buffer.from(body),
  };
}
