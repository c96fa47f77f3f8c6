import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type * as MembersFiles from '../../functions/shared/members-files.ts';
import { MEMBERS_KEY } from '../support/members-key.ts';
import { memorySecret } from '../support/secret.ts';

const NOW = 1_781_524_800;
const secret = memorySecret();
let members: typeof MembersFiles;
beforeAll(async () => {
  jest.spyOn(Date, 'now').mockReturnValue(NOW * 1000 + 999);
  Object.assign(process.env, { AWS_REGION: 'us-east-1', SITE_URL: 'https://site.example', ...MEMBERS_KEY });
  members = await import('../../functions/shared/members-files.ts');
});
afterAll(() => secret.restore());

const untilOf = (cookies: readonly string[]): unknown => {
  const [, value = ''] = /^CloudFront-Policy=([^;]+)/.exec(cookies[0] ?? '') ?? [];
  const policy = Buffer.from(value.replaceAll('_', '='), 'base64').toString();
  return JSON.parse(policy).Statement[0].Condition.DateLessThan['AWS:EpochTime'];
};

describe('the members’ files', () => {
  it('are open for a quarter of an hour, and the cookies are gone then', async () => {
    const { cookies, until } = await members.openFiles(null);
    expect([until, untilOf(cookies)]).toEqual([NOW + 900, NOW + 900]);
    for (const cookie of cookies) expect(cookie).toContain('; Max-Age=900;');
  });

  it('are shut when the access ends, when that is sooner', async () => {
    const { cookies, until } = await members.openFiles(NOW + 60);
    expect([until, untilOf(cookies)]).toEqual([NOW + 60, NOW + 60]);
    expect((await members.openFiles(NOW + 86_400)).until).toBe(NOW + 900);
  });

  it('are opened to this site’s folder alone, out of reach of scripts and of plain HTTP', async () => {
    const { cookies } = await members.openFiles(null);
    expect(cookies.map((cookie) => cookie.split('=', 1)[0])).toEqual([
      'CloudFront-Policy',
      'CloudFront-Signature',
      'CloudFront-Key-Pair-Id',
      'CloudFront-Hash-Algorithm',
    ]);
    for (const cookie of cookies)
      expect(cookie).toMatch(/; Path=\/members; Max-Age=\d+; Secure; HttpOnly; SameSite=Lax$/);
  });

  it('are those that the folder has', () => {
    const folder = join(import.meta.dirname, '../..');
    for (const { path } of members.files) expect([path, existsSync(join(folder, path))]).toEqual([path, true]);
  });
});
