import { StripeError } from './errors.ts';

const unauthorized = (message: string): StripeError => new StripeError(401, { type: 'invalid_request_error', message });

const NO_KEY =
  "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').";

/** As Stripe shows a key it refuses: what kind it is and its last four, never the whole. */
const redacted = (key: string): string =>
  key.length < 16 ? '*'.repeat(key.length) : `${key.slice(0, 8)}${'*'.repeat(key.length - 12)}${key.slice(-4)}`;

function keyOf(authorization: string | undefined): string {
  const [scheme = '', value = ''] = (authorization ?? '').split(' ');
  if (/^bearer$/i.test(scheme)) return value;
  if (/^basic$/i.test(scheme)) return Buffer.from(value, 'base64').toString('utf8').split(':')[0] ?? '';
  return '';
}

/** Takes any well-formed secret test key, by Bearer or Basic; refuses others with Stripe's 401. */
export function checkKey(authorization: string | undefined): void {
  const key = keyOf(authorization);
  if (key === '') throw unauthorized(NO_KEY);
  if (!/^(sk|rk)_test_\w{1,200}$/.test(key))
    throw unauthorized(`Invalid API Key provided: ${redacted(key.slice(0, 80))}`);
}
