import { STATUS_CODES } from 'node:http';
import { fields, type Author, type Fields } from '../template/fields.ts';
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

// CloudFront refuses what is not of the type that its event structure names.
const author: Author = { exact: true, nextStep: 'Mend the function.' };

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
  const request = fields(value, 'The function’s request', author);
  const cookies = spread(request.group('cookies')).map(([name, text]) => `${name}=${text}`);
  const query = spread(request.group('querystring')).map(([name, text]) => (text === '' ? name : `${name}=${text}`));
  return {
    ...original,
    path: request.text('uri'),
    query: query.join('&'),
    headers: {
      ...Object.fromEntries(lowerCased(spread(request.group('headers')))),
      ...(cookies.length > 0 ? { cookie: cookies.join('; ') } : {}),
    },
  };
}

/** The response that a function made, or the one it was given and changed. @param body of the latter, which it cannot see */
export function responseFromFunction(value: unknown, body: Buffer): EdgeResponse {
  const response = fields(value, 'The function’s response', author);
  const status = response.number('statusCode');
  if (!Number.isInteger(status) || status < 100 || status > 599) throw new Error(`statusCode ${status} is none.`);
  return {
    status,
    headers: Object.fromEntries(lowerCased(spread(response.group('headers')))),
    setCookies: readCookies(response.group('cookies')),
    body: readBody(response) ?? body,
  };
}

function readBody(response: Fields): Buffer | undefined {
  if (!response.has('body')) return undefined;
  if (typeof response.values['body'] === 'string') return Buffer.from(response.values['body']);
  const body = response.group('body');
  return Buffer.from(body.text('data'), body.text('encoding', 'text') === 'base64' ? 'base64' : 'utf8');
}

function readCookies(cookies: Fields): readonly string[] {
  return Object.keys(cookies.values).map((name) => {
    const cookie = cookies.group(name);
    return [`${name}=${cookie.text('value')}`, cookie.text('attributes', '')].filter(Boolean).join('; ');
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

function spread(group: Fields): readonly [string, string][] {
  return Object.keys(group.values).flatMap((name): [string, string][] => {
    const values = group.group(name);
    const several = values.groups('multiValue');
    if (several.length > 0) return several.map((item) => [name, item.text('value')]);
    return [[name, values.text('value')]];
  });
}

function lowerCased(headers: readonly [string, string][]): readonly [string, string][] {
  const wrong = headers.find(([name]) => name !== name.toLowerCase());
  if (wrong) throw new Error(`the header name ${wrong[0]} must be in lower case, as CloudFront wants it`);
  return headers;
}
