import * as fc from 'fast-check';
import { routes } from '../../lib/routes.ts';
import { bodyText, text } from '../functions/hostile-input.ts';

/** Each character a byte. */
const latin = (odd: string): string => Buffer.from(odd).toString('latin1');

const NAMES = `Content-Type content-TYPE Stripe-Signature STRIPE-SIGNATURE Authorization Cookie Origin X-Forwarded-Host
  X-HTTP-Method-Override Content-Encoding Accept-Encoding Range If-None-Match X-Amz-Target Forwarded`.split(/\s+/);
const TAKEN = ['application/json', 'text/plain', 'gzip', 'bytes=0-', '*', 't=1,v1=', 't=1,v1=00', 'Bearer x.y.z', ''];
const REFUSED = ['a\r\nx-injected: 1', '\u0000', 'x'.repeat(7000), 'x'.repeat(20_000)];

const header = fc.oneof(
  { arbitrary: fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...TAKEN)), weight: 16 },
  { arbitrary: fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...REFUSED)), weight: 1 },
  { arbitrary: fc.tuple(fc.constantFrom('Host', 'Expect', 'Content-Length'), text.map(latin)), weight: 1 },
);

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'TRACE', 'FOO'];
const TARGETS = [
  '/%',
  '/%00',
  '/api/checkout/%ff',
  '/api/%2e%2e/webhook',
  '//',
  '/../../etc/passwd',
  '/api/config?x=%',
  '*',
].concat('http://evil.example/api/config', '/api/checkout/a%2fb', '/.well-known/openid-configuration', '/api');

const encoded = (odd: string): string => encodeURIComponent(odd.replaceAll(/\p{Surrogate}/gu, '?')).slice(0, 6000);

/** A route as it is meant to be asked for, but for an odd parameter or query. */
const aimed = fc
  .tuple(fc.constantFrom(...routes), fc.oneof(fc.constant('cs_test_1'), text), fc.option(text, { nil: undefined }))
  .map(([{ method, path }, odd, query]) => {
    const target = path.replace(/\{\w+\}/, encoded(odd));
    return { method, target: query === undefined ? target : `${target}?after=${encoded(query)}` };
  });

const wild = fc.record({
  method: fc.constantFrom(...METHODS),
  target: fc.oneof(
    fc.constantFrom(...TARGETS),
    text.map((odd) => `/${encoded(odd)}`),
    aimed.map(({ target }) => target),
  ),
});

const TOKENS = [
  'none',
  'empty',
  'dots',
  'cut off',
  'meddled with',
  'unsigned',
  'of another key',
  'of no claims',
  'twice',
];

/** What is drawn; how the body's length and the token are told is for who sends it. */
export const request = fc.record({
  aim: fc.oneof({ arbitrary: aimed, weight: 3 }, { arbitrary: wild, weight: 1 }),
  json: fc.boolean(),
  headers: fc.array(header, { maxLength: 2 }),
  body: fc.oneof(
    { arbitrary: bodyText.map((body) => Buffer.from(body)), weight: 3 },
    { arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)), weight: 1 },
  ),
  token: fc.oneof(fc.constant('real'), fc.constantFrom(...TOKENS)),
  length: fc.oneof({ arbitrary: fc.constant('right'), weight: 20 }, fc.constantFrom('none', 'short', 'twice')),
  site: fc.boolean(),
});

export type Drawn = typeof request extends fc.Arbitrary<infer T> ? T : never;

export type Headers = readonly (readonly [name: string, value: string])[];

/** @param real a token that is good */
export function tokenHeaders(kind: string, real: string): Headers {
  const [head = '', claims = '', signature = ''] = real.split('.');
  const base64 = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url');
  const meddled = base64({ ...JSON.parse(Buffer.from(claims, 'base64url').toString()), sub: 'eve' });
  const tokens: Readonly<Record<string, string[]>> = {
    real: [real],
    empty: [''],
    dots: ['.'.repeat(5000)],
    'of another key': [`${base64({ alg: 'RS256', kid: 'another' })}.${claims}.${signature}`],
    'of no claims': [`${head}.${base64([])}.${signature}`],
    'cut off': [`${head}.${claims}`],
    'meddled with': [`${head}.${meddled}.${signature}`],
    unsigned: [`${base64({ alg: 'none' })}.${claims}.`],
    twice: [real, real],
  };
  return (tokens[kind] ?? []).map((token) => ['authorization', `Bearer ${token}`] as const);
}

export function lengthHeaders(kind: string, length: number): Headers {
  const lengths: Readonly<Record<string, number[]>> = {
    right: [length],
    short: [length >> 1],
    twice: [length, length + 1],
  };
  return (lengths[kind] ?? []).map((each) => ['content-length', String(each)] as const);
}
