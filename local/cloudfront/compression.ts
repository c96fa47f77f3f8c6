import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { withHeaders, type EdgeResponse } from './message.ts';
import type { CachePolicy } from './policies.ts';

/** The encodings that count: what the viewer takes and the policy allows, as CloudFront normalizes Accept-Encoding. */
export function normalizedEncoding(accepted: string, policy: CachePolicy): string {
  const takes = (name: string) =>
    new RegExp(String.raw`(^|,)\s*${name}\s*(;\s*q=(?!0(\.0*)?\s*(,|$))[^,]*)?(,|$)`, 'i').test(accepted);
  return [policy.brotli && takes('br') ? 'br' : '', policy.gzip && takes('gzip') ? 'gzip' : '']
    .filter(Boolean)
    .join(',');
}

// Of the types that CloudFront compresses, those a site like this has. (Developer Guide, "Serve compressed files".)
const COMPRESSIBLE = new Set([
  'application/javascript',
  'application/json',
  'application/wasm',
  'application/xml',
  'image/svg+xml',
  'text/css',
  'text/csv',
  'text/html',
  'text/javascript',
  'text/plain',
  'text/xml',
]);

/** Between these sizes, in bytes. */
const SMALLEST = 1000;
const LARGEST = 10_000_000;

/** Compresses what CloudFront would. @param encoding as `normalizedEncoding` said; brotli is preferred */
export async function compressed(response: EdgeResponse, encoding: string): Promise<EdgeResponse> {
  const [name] = encoding.split(',');
  if (!name || !worthwhile(response)) return response;
  const body = name === 'br' ? await brotli(response.body) : await promisify(gzip)(response.body);
  const { etag } = response.headers;
  return {
    ...withHeaders(response, {
      'content-encoding': name,
      vary: [response.headers['vary'], 'Accept-Encoding'].filter(Boolean).join(', '),
      // The bytes differ now, the meaning does not.
      ...(etag && !etag.startsWith('W/') ? { etag: `W/${etag}` } : {}),
    }),
    body,
  };
}

function worthwhile({ status, headers, body }: EdgeResponse): boolean {
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return (
    [200, 403, 404].includes(status) &&
    headers['content-encoding'] === undefined &&
    COMPRESSIBLE.has(type) &&
    body.length >= SMALLEST &&
    body.length <= LARGEST
  );
}

function brotli(body: Buffer): Promise<Buffer> {
  // The middle of its eleven levels: the page is small, and somebody is waiting for it.
  return promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
}
