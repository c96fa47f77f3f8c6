import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createPrivateKey } from 'node:crypto';
import { cached } from '../../clients/cached.ts';
import { signedCookies } from '../../clients/members/cookies.ts';
import { readMembersKey } from '../../clients/members/key.ts';
import index from '../../members/files.json' with { type: 'json' };
import { nowSeconds, setting } from './env.ts';
import { describe, log } from './log.ts';

/** Seconds: for so long somebody whose access ended can still open the files. */
const OPEN_FOR = 15 * 60;

/** Where the files are on the site, behind CloudFront's trusted key group (lib/members/). */
const FOLDER = '/members';

/** Another key is another secret, of which a new deployment tells: this one never changes. */
const KEPT_MS = 24 * 60 * 60_000;

const [site, keyId, secretId] = [setting('SITE_URL'), setting('MEMBERS_KEY_ID'), setting('MEMBERS_KEY_SECRET_ID')];
const secret = new SecretsManagerClient({});

const privateKey = cached(
  async () => createPrivateKey(await readMembersKey(secret, secretId)),
  KEPT_MS,
  (error) => log.warn('The key of the members’ files could not be read again.', { cause: describe(error) }),
);

/** The members' files, as members/files.json lists them. */
export const files = index.map(({ title, about, file }) => ({ title, about, path: `${FOLDER}/${file}` }));

/**
 * Opens the files to the browser that gets these cookies.
 *
 * @param accessUntil when access ends if nothing else happens, in seconds; null when open-ended
 * @returns Set-Cookie headers, and until when the files are open
 */
export async function openFiles(accessUntil: number | null): Promise<{ cookies: string[]; until: number }> {
  const now = nowSeconds();
  const until = Math.min(now + OPEN_FOR, accessUntil ?? Infinity);
  const cookies = signedCookies({
    resource: `${site}${FOLDER}/*`,
    until,
    keyId,
    privateKey: await privateKey.get(),
  });
  const attributes = `Path=${FOLDER}; Max-Age=${until - now}; Secure; HttpOnly; SameSite=Lax`;
  return { cookies: Object.entries(cookies).map(([name, value]) => `${name}=${value}; ${attributes}`), until };
}
