import { describe, expect, it } from '@jest/globals';
import { createPrivateKey, verify } from 'node:crypto';
import { signedCookies } from '../../clients/members/cookies.ts';
import { membersKeyPair } from '../support/members-key.ts';

const { privateKey: pem, publicKey } = membersKeyPair();
const privateKey = createPrivateKey(pem);
const props = { resource: 'https://site.example/members/*', until: 1_781_524_800, keyId: 'K2MEMBERS', privateKey };
const cookies = signedCookies(props);

/** As CloudFront reads them (Developer Guide, "Create a signature for a signed cookie that uses a custom policy"). */
const read = (name: string): Buffer =>
  Buffer.from((cookies[name] ?? '').replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/'), 'base64');

describe('the cookies that open the members’ files', () => {
  it('say which files, and until when', () => {
    expect(read('CloudFront-Policy').toString()).toBe(
      '{"Statement":[{"Resource":"https://site.example/members/*","Condition":{"DateLessThan":{"AWS:EpochTime":1781524800}}}]}',
    );
  });

  it('are signed over the policy, with SHA-256, and say so', () => {
    expect(verify('sha256', read('CloudFront-Policy'), publicKey, read('CloudFront-Signature'))).toBe(true);
    expect(cookies['CloudFront-Hash-Algorithm']).toBe('SHA256');
    expect(cookies['CloudFront-Key-Pair-Id']).toBe('K2MEMBERS');
  });

  it('have nothing in them that a cookie may not have', () => {
    for (let second = 0; second < 20; second += 1) {
      const values = Object.values(signedCookies({ ...props, until: props.until + second }));
      expect(values.join('')).toMatch(/^[\w~-]+$/);
    }
  });
});
