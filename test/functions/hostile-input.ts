import * as fc from 'fast-check';

/** `FUZZ_RUNS=100000` tries so many cases in all, `share` of them here; without it, `usual`. */
export function runs(usual: number, share: number): number {
  const asked = Number(process.env['FUZZ_RUNS'] ?? 0);
  return asked > 0 ? Math.ceil(asked * share) : usual;
}

/** How long one property may take, in milliseconds. */
export const PATIENCE = process.env['FUZZ_RUNS'] === undefined ? 60_000 : 3_600_000;

/** Texts that have undone somebody's parser once. */
const ODD_TEXTS = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  'a\udfffb',
  '\u202e\ufeff',
  'ﷺ'.repeat(400),
  'x'.repeat(10_000),
  '__proto__',
  'constructor',
  'toString',
  '../../v1/customers',
  '%2e%2e%2f%00',
  'null',
  'NaN',
  '1e400',
  "'; DROP TABLE records; --",
  '${jndi:ldap://127.0.0.1/a}',
  '<script>alert(1)</script>',
  'a\r\nx-injected: 1',
];

export const text: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...ODD_TEXTS),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
);

const nested = (depth: number): string => `${'[{"a":'.repeat(depth)}1${'}]'.repeat(depth)}`;

export const json: fc.Arbitrary<unknown> = fc.oneof(
  text,
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(null, true, false, 0, -0, -1, 1.5, 1e21, Number.MAX_SAFE_INTEGER, [], {}, [[]]),
);

/** Field names that a route reads, and those that reach into an object's own parts. */
const NAMES = ['plan', 'mode', 'flow', 'price', 'quantity', 'trial', 'success_url', '__proto__', 'constructor', 'sub'];

const object: fc.Arbitrary<string> = fc
  .array(fc.tuple(fc.oneof(fc.constantFrom(...NAMES), text), json), { maxLength: 5 })
  .map((fields) => `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`);

/** JSON that is whole, cut off, too deep, too long, or none at all. */
export const bodyText: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: object, weight: 5 },
  { arbitrary: json.map((value) => JSON.stringify(value)), weight: 2 },
  { arbitrary: fc.tuple(object, fc.nat(200)).map(([whole, cut]) => whole.slice(0, cut)), weight: 2 },
  { arbitrary: text, weight: 2 },
  { arbitrary: fc.constantFrom(1, 100, 1300, 5000).map(nested), weight: 1 },
  { arbitrary: fc.constantFrom(8192, 8193, 100_000).map((length) => `{"plan":"${'x'.repeat(length)}"}`), weight: 1 },
);

export interface HostileBody {
  readonly body?: string;
  readonly base64: boolean;
}

/** As API Gateway passes it on: as text or in base64; and in base64 that is none. */
export const body: fc.Arbitrary<HostileBody> = fc.oneof(
  { arbitrary: bodyText.map((body) => ({ body, base64: false })), weight: 6 },
  { arbitrary: bodyText.map((body) => ({ body: Buffer.from(body).toString('base64'), base64: true })), weight: 3 },
  {
    arbitrary: fc.uint8Array().map((bytes) => ({ body: Buffer.from(bytes).toString('base64'), base64: true })),
    weight: 1,
  },
  { arbitrary: text.map((body) => ({ body, base64: true })), weight: 1 },
  { arbitrary: fc.constant({ base64: false }), weight: 1 },
);

const CONTENT_TYPES = [
  'application/json',
  'application/json; charset=utf-16',
  'APPLICATION/JSON',
  'application/json,application/json',
  'application/jsonp',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=',
  '',
];

const HEADERS = ['host', 'x-forwarded-host', 'origin', 'referer', 'cookie', 'content-length', 'x-http-method-override'];

/** In lower case, several of one name joined by a comma, as API Gateway hands them over. */
export const headers: fc.Arbitrary<Record<string, string>> = fc
  .tuple(
    fc.option(fc.oneof({ arbitrary: fc.constantFrom(...CONTENT_TYPES), weight: 4 }, { arbitrary: text, weight: 1 }), {
      nil: undefined,
    }),
    fc.array(fc.tuple(fc.oneof(fc.constantFrom(...HEADERS), fc.constant('__proto__')), text), { maxLength: 4 }),
  )
  .map(([type, more]) => ({ ...(type !== undefined && { 'content-type': type }), ...Object.fromEntries(more) }));

/** Whether this is by chance what a customer may ask for. */
export function asksForCheckout(
  body: string | undefined,
  base64: boolean,
  { 'content-type': type = '' }: Record<string, string>,
) {
  if (!type.toLowerCase().startsWith('application/json')) return false;
  try {
    const { plan, mode }: { plan?: unknown; mode?: unknown } = JSON.parse(
      Buffer.from(body ?? '', base64 ? 'base64' : 'utf8').toString(),
    );
    return mode === 'setup' || (typeof plan === 'string' && /^(starter|pro)_/.test(plan));
  } catch {
    return false;
  }
}
