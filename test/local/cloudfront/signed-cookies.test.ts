import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sign } from 'node:crypto';
import { membersKeyPair } from '../../support/members-key.ts';
import { OPTIMIZED, startSite, type Site } from './site.ts';

const NOW = 1_781_524_800;
const ours = membersKeyPair();
const theirs = membersKeyPair();

let site: Site;
let now = NOW * 1000;
beforeAll(async () => {
  const members = {
    PathPattern: '/members/*',
    TargetOriginId: 'page',
    ViewerProtocolPolicy: 'redirect-to-https',
    CachePolicyId: OPTIMIZED,
    TrustedKeyGroups: ['group'],
    FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: 'function handler(e) { return e.request }' }],
  };
  site = await startSite({
    files: { 'index.html': 'the page', 'members/a.html': 'for members' },
    behaviours: [members],
    front: {
      keyGroup: () => new Map([['K1', ours.publicKey]]),
      signersNow: () => now,
      functionCode: (code) => code,
    },
  });
});
afterAll(() => site.stop());

const encoded = (bytes: string | Buffer): string =>
  Buffer.from(bytes).toString('base64').replaceAll('+', '-').replaceAll('=', '_').replaceAll('/', '~');

const policyOf = (condition: object, resource = `${site.url}/members/*`): string =>
  JSON.stringify({ Statement: [{ Resource: resource, Condition: condition }] });
const before = (time: number) => ({ DateLessThan: { 'AWS:EpochTime': time } });

type Cookies = Record<string, string>;

/** As a signer of RSA and SHA-1 makes them, which is what CloudFront always took. */
function signed(policy: string, key = ours.privateKey, hash = 'sha1'): Cookies {
  const signature = encoded(sign(hash, Buffer.from(policy), key));
  return { 'CloudFront-Policy': encoded(policy), 'CloudFront-Signature': signature, 'CloudFront-Key-Pair-Id': 'K1' };
}

async function get(cookies: Cookies, path = '/members/a.html'): Promise<[number, string]> {
  const cookie = Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
  const answer = await site.get(path, { headers: { cookie } });
  return [answer.status, /<Code>(\w+)</.exec(await answer.clone().text())?.[1] ?? (await answer.text())];
}

describe('a behaviour with a trusted key group', () => {
  const good = () => signed(policyOf(before(NOW + 60)));

  it('answers who brings cookies that are signed by a key of the group', async () => {
    expect(await get(good())).toEqual([200, 'for members']);
  });

  it('takes SHA-256 where the cookies say so, and only there', async () => {
    const cookies = signed(policyOf(before(NOW + 60)), ours.privateKey, 'sha256');
    expect(await get({ ...cookies, 'CloudFront-Hash-Algorithm': 'SHA256' })).toEqual([200, 'for members']);
    expect(await get(cookies)).toEqual([403, 'AccessDenied']);
    expect(await get({ ...good(), 'CloudFront-Hash-Algorithm': 'SHA256' })).toEqual([403, 'AccessDenied']);
    expect(await get({ ...good(), 'CloudFront-Hash-Algorithm': 'MD5' })).toEqual([403, 'AccessDenied']);
  });

  it('refuses all others, each in CloudFront’s words, what its cache has notwithstanding', async () => {
    expect(await get(good())).toEqual([200, 'for members']);
    expect(await get({})).toEqual([403, 'MissingKey']);
    expect(await get({ ...good(), 'CloudFront-Key-Pair-Id': 'K2' })).toEqual([403, 'InvalidKey']);
    expect(await get(signed(policyOf(before(NOW + 60)), theirs.privateKey))).toEqual([403, 'AccessDenied']);
    expect(await get({ ...good(), 'CloudFront-Policy': encoded(policyOf(before(NOW + 999))) })).toEqual([
      403,
      'AccessDenied',
    ]);
    const { 'CloudFront-Signature': _, ...unsigned } = good();
    expect(await get(unsigned)).toEqual([403, 'AccessDenied']);
    expect(await get({ 'CloudFront-Key-Pair-Id': 'K1' })).toEqual([403, 'MalformedPolicy']);
  });

  it.each(['{', '[]', '{}', '{"Statement":[]}', '{"Statement":[{"Resource":"*"}]}'])(
    'takes no policy like %s',
    async (policy) => {
      expect(await get(signed(policy))).toEqual([403, 'MalformedPolicy']);
    },
  );

  it('stops when the time of the policy is over, and does not begin before it', async () => {
    const cookies = good();
    now = (NOW + 59) * 1000;
    expect(await get(cookies)).toEqual([200, 'for members']);
    now = (NOW + 60) * 1000;
    expect(await get(cookies)).toEqual([403, 'AccessDenied']);
    now = NOW * 1000;
    const later = { ...before(NOW + 60), DateGreaterThan: { 'AWS:EpochTime': NOW + 1 } };
    expect(await get(signed(policyOf(later)))).toEqual([403, 'AccessDenied']);
  });

  it('is for the address of the policy, in which * is any text and ? any one character', async () => {
    const opened = (resource: string) => get(signed(policyOf(before(NOW + 60), resource)));
    expect(await opened(`http*://*/members/?.html`)).toEqual([200, 'for members']);
    expect(await opened(`${site.url}/members/b*`)).toEqual([403, 'AccessDenied']);
    expect(await opened('https://another.example/members/*')).toEqual([403, 'AccessDenied']);
  });

  it('is for the viewers’ addresses of the policy, where it names some', async () => {
    const from = (range: string) => ({ ...before(NOW + 60), IpAddress: { 'AWS:SourceIp': range } });
    expect(await get(signed(policyOf(from('127.0.0.0/8'))))).toEqual([200, 'for members']);
    expect(await get(signed(policyOf(from('192.0.2.0/24'))))).toEqual([403, 'AccessDenied']);
  });

  it('takes a canned policy: this very address, until CloudFront-Expires', async () => {
    const policy = policyOf(before(NOW + 60), `${site.url}/members/a.html`);
    const { 'CloudFront-Policy': _, ...cookies } = signed(policy);
    const canned = { ...cookies, 'CloudFront-Expires': String(NOW + 60) };
    expect(await get(canned)).toEqual([200, 'for members']);
    expect(await get(canned, '/members/a.html?b')).toEqual([403, 'AccessDenied']);
    expect(await get({ ...canned, 'CloudFront-Expires': String(NOW + 61) })).toEqual([403, 'AccessDenied']);
  });

  it('leaves the other behaviours to everybody', async () => {
    expect(await get({}, '/index.html')).toEqual([200, 'the page']);
  });
});
