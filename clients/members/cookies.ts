import { sign, type KeyObject } from 'node:crypto';

export interface SignedCookiesProps {
  /** What they open: an address with wildcards, `https://site.example/members/*`. */
  readonly resource: string;
  /** Until when, in seconds since 1970. */
  readonly until: number;
  /** CloudFront's id of the public key. */
  readonly keyId: string;
  /** Read once: as PEM, each signature would take three times as long. */
  readonly privateKey: KeyObject;
}

/**
 * The cookies by which CloudFront lets somebody have files, by name: a custom policy, its signature, and whose it is.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-setting-signed-cookie-custom-policy.html
 */
export function signedCookies({ resource, until, keyId, privateKey }: SignedCookiesProps): Record<string, string> {
  const condition = { DateLessThan: { 'AWS:EpochTime': until } };
  const policy = Buffer.from(JSON.stringify({ Statement: [{ Resource: resource, Condition: condition }] }));
  return {
    'CloudFront-Policy': cookieValue(policy),
    'CloudFront-Signature': cookieValue(sign('sha256', policy, privateKey)),
    'CloudFront-Key-Pair-Id': keyId,
    // Without it CloudFront takes the signature for one of SHA-1.
    'CloudFront-Hash-Algorithm': 'SHA256',
  };
}

const ALLOWED: Readonly<Record<string, string>> = { '+': '-', '=': '_', '/': '~' };

/** Base64 with what no cookie may have replaced in CloudFront's own way, which is not base64url. */
const cookieValue = (bytes: Buffer): string =>
  bytes.toString('base64').replaceAll(/[+=/]/g, (character) => ALLOWED[character] ?? '');
