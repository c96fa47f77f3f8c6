import type { KeyRing } from './key-ring.ts';
import { StripeError } from './errors.ts';

const NO_KEY =
  "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').";
const PUBLISHABLE =
  'This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.';

const refused = (status: 401 | 403, message: string, code?: string): StripeError =>
  new StripeError(status, { type: 'invalid_request_error', message, ...(code !== undefined && { code }) });

/** As Stripe shows a key it refuses: what kind it is and its last four, never the whole. */
const redacted = (key: string): string =>
  key.length < 16 ? '*'.repeat(key.length) : `${key.slice(0, 8)}${'*'.repeat(key.length - 12)}${key.slice(-4)}`;

function keyOf(authorization: string | undefined): string {
  const [scheme = '', value = ''] = (authorization ?? '').split(' ');
  if (/^bearer$/i.test(scheme)) return value;
  if (/^basic$/i.test(scheme)) return Buffer.from(value, 'base64').toString('utf8').split(':')[0] ?? '';
  return '';
}

/** The right that a restricted key needs for a call, in Stripe's manner: `rak_customer_write`. */
const rightFor = (method: string, path: string): string =>
  `rak_${(path.split('/')[2] ?? '').replace(/s$/, '')}_${method === 'GET' ? 'read' : 'write'}`;

/**
 * Takes any well-formed secret test key, by Bearer or Basic, but for those that the ring says something about; refuses
 * others in Stripe's words.
 */
export function checkKey(
  authorization: string | undefined,
  { method, path }: { readonly method: string; readonly path: string },
  keys: KeyRing,
): void {
  const key = keyOf(authorization);
  if (key === '') throw refused(401, NO_KEY);
  const shown = redacted(key.slice(0, 80));
  if (keys.isExpired(key)) throw refused(401, `Expired API Key provided: ${shown}`, 'api_key_expired');
  if (/^pk_test_\w{1,200}$/.test(key)) throw refused(403, PUBLISHABLE, 'secret_key_required');
  if (!/^(sk|rk)_test_\w{1,200}$/.test(key)) throw refused(401, `Invalid API Key provided: ${shown}`);
  if (keys.isKeptFrom(key, path)) {
    const right = `Having the '${rightFor(method, path)}' permission would allow this request to continue.`;
    throw refused(
      403,
      `The provided key '${shown}' does not have the required permissions for this endpoint. ${right}`,
    );
  }
}
