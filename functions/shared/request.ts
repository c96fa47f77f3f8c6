import { isUserId } from '../../billing/metadata.ts';
import type { HttpEvent } from './http.ts';
import { Problem } from './problem.ts';

/**
 * The signed-in user: the `sub` of the token that the JWT authorizer verified.
 *
 * @throws Problem 401 without one (tokens for machines), for one that OpenID Connect does not allow or Stripe has no room for, and
 * for an ID token
 */
export function userIdOf(event: HttpEvent): string {
  const claims = event.requestContext.authorizer?.jwt?.claims ?? {};
  if (isIdToken(claims)) throw new Problem(401, 'invalid_token', 'Send the access token: the ID token is the page’s.');
  const sub = claims['sub'];
  if (!isUserId(sub))
    throw new Problem(401, 'invalid_token', 'The "sub" of a token is 1 to 200 ASCII characters, and no name of ours.');
  return sub;
}

/**
 * The authorizer takes ID tokens as well, because the page is their audience. But they go where no key should: signing out puts
 * one into the address, and so into the browser's history and the provider's log. `token_use` is Cognito's word; the others are
 * OpenID Connect's (Core 2 and 3.3.2.11) and in no access token.
 */
function isIdToken(claims: Readonly<Record<string, unknown>>): boolean {
  return claims['token_use'] === 'id' || ['nonce', 'at_hash', 'c_hash'].some((name) => name in claims);
}

/** The access token itself, for the identity provider's userinfo endpoint. */
export function accessTokenOf(event: HttpEvent): string {
  return (event.headers['authorization'] ?? '').replace(/^bearer\s+/i, '');
}

/** @throws Problem 413 when the body has more than `limit` bytes */
export function bodyOf(event: HttpEvent, limit: number): string {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > limit) throw new Problem(413, 'body_too_large', `The body may have ${limit} bytes at most.`);
  return bytes.toString('utf8');
}

const JSON_LIMIT = 8 * 1024;

/** @throws Problem 415, 413 or 400 when the body is not a JSON object */
export function jsonBodyOf(event: HttpEvent): Readonly<Record<string, unknown>> {
  const type = event.headers['content-type'] ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type))
    throw new Problem(415, 'unsupported_media_type', 'Send the body as application/json.');
  const body = parse(bodyOf(event, JSON_LIMIT));
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Problem(400, 'invalid_request', 'The body must be a JSON object.');
  return Object.fromEntries(Object.entries(body));
}

/** The same for a route whose body may be left out: nothing is then asked. */
export function optionalJsonBodyOf(event: HttpEvent): Readonly<Record<string, unknown>> {
  return event.body ? jsonBodyOf(event) : {};
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Problem(400, 'invalid_json', 'The body is not valid JSON.', { cause });
  }
}
