import { isObject, type Json, type JsonObject } from '../template/json.ts';

export interface GatewayResponse {
  status: number;
  headers: Record<string, string>;
  cookies: string[];
  body: Buffer;
}

/** An answer of the gateway's own, `{"message": ...}`. */
export function message(status: number, text: string, headers: Record<string, string> = {}): GatewayResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    cookies: [],
    body: json({ message: text }),
  };
}

/**
 * A function's answer as payload format 2.0 reads it: an object with `statusCode` says everything; anything else is the
 * body of a 200. Undefined when the answer is malformed, which API Gateway answers with a 500.
 */
export function toResponse(payload: string): GatewayResponse | undefined {
  const answer: Json = JSON.parse(payload);
  if (!isObject(answer) || answer['statusCode'] === undefined) {
    const body = typeof answer === 'string' ? Buffer.from(answer) : json(answer);
    return { status: 200, headers: { 'content-type': 'application/json' }, cookies: [], body };
  }
  const status = Number(answer['statusCode']);
  const body = answer['body'] ?? '';
  const headers = headersOf(answer);
  if (!Number.isInteger(status) || status < 100 || status > 599) return undefined;
  if (typeof body !== 'string' || headers === undefined) return undefined;
  const bytes = Buffer.from(body, answer['isBase64Encoded'] === true ? 'base64' : 'utf8');
  return {
    status,
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...headers },
    cookies: cookiesOf(answer),
    body: bytes,
  };
}

/** Set by the gateway or the connection itself, never by a function. */
const notTaken = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'upgrade', 'date']);

/** Undefined when a value is a list or an object, which payload format 2.0 does not take. */
function headersOf(answer: JsonObject): Record<string, string> | undefined {
  const given = answer['headers'] ?? {};
  if (!isObject(given)) return undefined;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === 'object') return undefined;
    if (!notTaken.has(name.toLowerCase())) headers[name.toLowerCase()] = String(value);
  }
  return headers;
}

function cookiesOf(answer: JsonObject): string[] {
  const cookies = answer['cookies'];
  return Array.isArray(cookies) ? cookies.map(String) : [];
}

function json(value: Json): Buffer {
  return Buffer.from(JSON.stringify(value));
}
