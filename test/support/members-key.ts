import { generateKeyPairSync } from 'node:crypto';

/** A key pair as CloudFront takes them, but shorter, which is quicker to make and signs alike. */
export function membersKeyPair(): { privateKey: string; publicKey: string } {
  return generateKeyPairSync('rsa', {
    modulusLength: 1024,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
}

/** What the members' function is told of the key, and under which name its secret is found. */
export const MEMBERS_KEY = { MEMBERS_KEY_ID: 'K2MEMBERS', MEMBERS_KEY_SECRET_ID: 'members-key' };
