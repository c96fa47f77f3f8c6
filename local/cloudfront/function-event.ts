import { STATUS_CODES } from 'node:http';
import { openBag, type Bag } from './bag.ts';
import type { EdgeRequest, EdgeResponse } from './message.ts';

/** The event structure 1.0 of CloudFront Functions (Developer Guide, "CloudFront Functions event structure"). */
interface Values {
  readonly value: string;
  readonly multiValue?: readonly { readonly value: string }[];
}

export interface FunctionEvent {
  readonly version: '1.0';
  readonly context: Readonly<Record<'distributionDomainName' | 'distributionId' | 'eventType' | 'requestId', string>>;
  readonly viewer: { readonly ip: string };
  readonly request: Readonly<Record<string, unknown>>;
  readonly response?: Readonly<Record<string, unknown>>;
}

const FILE = 'local/cloudfront/function-event.ts';

export function requestForFunction(request: EdgeRequest): Readonly<Record<string, unknown>> {
  const { cookie, ...headers } = request.headers;
  return {
    method: request.method,
    uri: request.path,
    querystring: collect(request.query.split('&').filter(Boolean).map(pair)),
    headers: single(headers),
    cookies: collect(
      (cookie ?? '')
        .split(';')
        .map((item) => item.trim())
        .filter(Boolean)
        .map(pair),
    ),
  };
}

export function responseForFunction(response: EdgeResponse): Readonly<Record<string, unknown>> {
  const cookies = response.setCookies.map((line): [string, Values & { attributes: string }] => {
    const [first = '', ...attributes] = line.split(';');
    const [name, value] = pair(first);
    return [name, { value, attributes: attributes.join(';').trim() }];
  });
  return {
    statusCode: response.status,
    statusDescription: STATUS_CODES[response.status] ?? '',
    headers: single(response.headers),
    cookies: Object.fromEntries(cookies),
  };
}

/** The request as the function left it: its method and body cannot be changed. */
export function requestFromFunction(value: unknown, original: EdgeRequest): EdgeRequest {
  const bag = openBag(value, 'The function’s request', FILE);
  const cookies = spread(bag.bag('cookies')).map(([name, text]) => `${name}=${text}`);
  const query = spread(bag.bag('querystring')).map(([name, text]) => (text === '' ? name : `${name}=${text}`));
  return {
    ...original,
    path: bag.text('uri'),
    query: query.join('&'),
    headers: {
      ...Object.fromEntries(lowerCased(spread(bag.bag('headers')))),
      ...(cookies.length > 0 ? { cookie: cookies.join('; ') } : {}),
    },
  };
}

/** The response that a function made, or the one it was given and changed. @param body of the latter, which it cannot see */
export function responseFromFunction(value: unknown, body: Buffer): EdgeResponse {
  const bag = openBag(value, 'The function’s response', FILE);
  const status = bag.number('statusCode', Number.NaN);
  if (!Number.isInteger(status) || status < 100 || status > 599) throw new Error(`statusCode ${status} is none.`);
  return {
    status,
    headers: Object.fromEntries(lowerCased(spread(bag.bag('headers')))),
    setCookies: readCookies(bag.bag('cookies')),
    body: readBody(bag) ?? body,
  };
}

function readBody(bag: Bag): Buffer | undefined {
  if (!bag.has('body')) return undefined;
  if (bag.isText('body')) return Buffer.from(bag.text('body'));
  const body = bag.bag('body');
  return body && Buffer.from(body.text('data'), body.text('encoding', 'text') === 'base64' ? 'base64' : 'utf8');
}

function readCookies(bag: Bag | undefined): readonly string[] {
  return (bag?.names ?? []).map((name) => {
    const cookie = bag?.bag(name);
    return [`${name}=${cookie?.text('value') ?? ''}`, cookie?.text('attributes', '') ?? ''].filter(Boolean).join('; ');
  });
}

function pair(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function single(headers: Readonly<Record<string, string>>): Readonly<Record<string, Values>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));
}

/** The last of several values is the value; all of them are in multiValue. */
function collect(pairs: readonly [string, string][]): Readonly<Record<string, Values>> {
  const collected = new Map<string, Values>();
  for (const [name, value] of pairs) {
    const before = collected.get(name);
    const multiValue = before && [...(before.multiValue ?? [{ value: before.value }]), { value }];
    collected.set(name, multiValue ? { value, multiValue } : { value });
  }
  return Object.fromEntries(collected);
}

function spread(bag: Bag | undefined): readonly [string, string][] {
  return (bag?.names ?? []).flatMap((name): [string, string][] => {
    const values = bag?.bag(name);
    const several = values?.bags('multiValue') ?? [];
    if (several.length > 0) return several.map((item) => [name, item.text('value')]);
    return [[name, values?.text('value') ?? '']];
  });
}

function lowerCased(headers: readonly [string, string][]): readonly [string, string][] {
  const wrong = headers.find(([name]) => name !== name.toLowerCase());
  if (wrong) throw new Error(`the header name ${wrong[0]} must be in lower case, as CloudFront wants it`);
  return headers;
}
