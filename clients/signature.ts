import { createHmac, timingSafeEqual } from 'node:crypto';

/** For so many seconds a signature is good: what somebody overheard cannot be posted again tomorrow. */
const GOOD_FOR = 300;

/**
 * Whether this is what Stripe signed, by its scheme `t=<seconds>,v1=<HMAC-SHA256>`, of which there may be several. The same
 * answer as its SDK's `constructEvent`, of which a test makes sure: that comes only with the whole client, which most events need not load.
 *
 * @param now seconds since 1970
 * @see https://docs.stripe.com/webhooks/signature
 */
export function isSigned(body: string, header: string, secret: string, now = Math.floor(Date.now() / 1000)): boolean {
  const { at, signatures } = parts(header);
  if (at === undefined || secret.trim() === '' || body === '') return false;
  const expected = Buffer.from(createHmac('sha256', secret).update(`${at}.${body}`).digest('hex'));
  return signatures.some((signature) => isSame(Buffer.from(signature), expected)) && now - at <= GOOD_FOR;
}

function parts(header: string): { at: number | undefined; signatures: string[] } {
  const pairs = header.split(',').map((pair) => pair.split('='));
  const seconds = pairs.findLast(([name]) => name === 't')?.[1] ?? '';
  const at = /^\d{1,12}$/.test(seconds) ? Number(seconds) : undefined;
  return { at, signatures: pairs.flatMap(([name, value = '']) => (name === 'v1' ? [value] : [])) };
}

/** Takes as long for any that differ. */
const isSame = (one: Buffer, other: Buffer): boolean => one.length === other.length && timingSafeEqual(one, other);
