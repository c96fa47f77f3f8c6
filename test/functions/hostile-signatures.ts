import * as fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { text } from './hostile-input.ts';
import { WEBHOOK_SECRET } from './world.ts';

const now = (): number => Math.floor(Date.now() / 1000);

const hex = (payload: string, at: number | string, secret = WEBHOOK_SECRET): string =>
  createHmac('sha256', secret).update(`${at}.${payload}`, 'utf8').digest('hex');

/** As Stripe signs: what `payload` came with, when nobody has meddled. */
export const signed = (payload: string, at = now()): string => `t=${at},v1=${hex(payload, at)}`;

type Header = (payload: string) => string | undefined;

const OLD = 301;

/** Each a header that must not let a payload in, by what is wrong with it. */
const WRONG: Readonly<Record<string, Header>> = {
  'none at all': () => undefined,
  'of another body': (payload) => signed(`${payload} `),
  'by another secret': (payload) => `t=${now()},v1=${hex(payload, now(), 'whsec_other')}`,
  'by an empty secret': (payload) => `t=${now()},v1=${hex(payload, now(), '')}`,
  'old, and replayed': (payload) => signed(payload, now() - OLD),
  'of the last century, and replayed': (payload) => signed(payload, 1),
  'old, with the time set anew': (payload) => signed(payload, now() - OLD).replace(/t=\d+/, `t=${now()}`),
  'old, with a second time': (payload) => `${signed(payload, now() - OLD)},t=${now()}`,
  'old, after a time of now': (payload) => `t=${now()},${signed(payload, now() - OLD)}`,
  'of another scheme': (payload) => signed(payload).replace('v1=', 'v0='),
  'without a time': (payload) => `v1=${hex(payload, now())}`,
  'with a time that is a text': (payload) => `t=now,v1=${hex(payload, now())}`,
  'without a signature': () => `t=${now()}`,
  'with an empty signature': () => `t=${now()},v1=`,
  'with half a signature': (payload) => signed(payload).slice(0, -32),
  'with a signature and a half': (payload) => `${signed(payload)}00`,
  'with its parts apart': (payload) => signed(payload).replaceAll(',', ';'),
  'with several wrong ones': (payload) => `t=${now()},${`v1=${hex(payload, 0)},`.repeat(50)}`,
  'two headers, joined as one': () => `${signed('a')},${signed('b')}`,
};

export const wrongSignature: fc.Arbitrary<Header> = fc.oneof(
  { arbitrary: fc.constantFrom(...Object.keys(WRONG)).map((name) => WRONG[name] ?? (() => undefined)), weight: 3 },
  { arbitrary: text.map((header) => () => header), weight: 1 },
  {
    arbitrary: fc.tuple(fc.nat(99), text).map(([at, odd]) => (payload: string) => {
      const header = signed(`${payload}!`);
      return header.slice(0, at % header.length) + odd + header.slice(at % header.length);
    }),
    weight: 1,
  },
);

/** Each a header that Stripe may send. */
export const RIGHT: Readonly<Record<string, Header>> = {
  'as it is': signed,
  'of almost five minutes ago': (payload) => signed(payload, now() - OLD + 10),
  'by a clock that is ahead of ours': (payload) => signed(payload, now() + 3600),
  'while the secret is rolled': (payload) => `${signed(payload)},v1=${hex(payload, now(), 'whsec_next')}`,
  'while the secret is rolled, the other first': (payload) =>
    `t=${now()},v1=${'0'.repeat(64)},v1=${hex(payload, now())}`,
  'with a scheme of the future beside it': (payload) => `${signed(payload)},v2=abc,v0=${'0'.repeat(64)}`,
};
