import type { IncomingMessage } from 'node:http';

/** A request as the gateway sees it, before it is an event. */
export interface GatewayRequest {
  id: string;
  method: string;
  /** Percent-decoded, without the query string. */
  path: string;
  /** The path's parts; a slash that was encoded is within its part. */
  segments: string[];
  query: string;
  /** Lower-case names; several of one name joined by a comma. Without cookies. */
  headers: Record<string, string>;
  cookies: string[];
  body: Buffer;
  sourceIp: string;
  protocol: string;
  /** Milliseconds since 1970. */
  time: number;
}

/** Headers between two hops, which API Gateway does not pass on; cookies travel in a field of their own. */
const notPassedOn = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'expect',
  'cookie',
]);

/** Undefined for a path whose percent-encoding is broken. */
export function parseRequest(
  message: IncomingMessage,
  body: Buffer,
  id: string,
  time: number,
): GatewayRequest | undefined {
  const [rawPath = '/', ...query] = (message.url ?? '/').split('?');
  const segments = decoded(rawPath.split('/').slice(1));
  if (segments === undefined) return undefined;
  const sourceIp = message.socket.remoteAddress ?? '127.0.0.1';
  return {
    id,
    method: message.method ?? 'GET',
    path: `/${segments.join('/')}`,
    segments,
    query: query.join('?'),
    headers: { ...passedOn(message), ...added(message, sourceIp, id, body.length) },
    cookies: (message.headersDistinct['cookie'] ?? []).flatMap((line) => line.split(/;\s*/)).filter((c) => c !== ''),
    body,
    sourceIp,
    protocol: `HTTP/${message.httpVersion}`,
    time,
  };
}

function passedOn(message: IncomingMessage): Record<string, string> {
  const entries = Object.entries(message.headersDistinct).filter(([name]) => !notPassedOn.has(name));
  return Object.fromEntries(entries.map(([name, values]) => [name, (values ?? []).join(',')]));
}

function added(message: IncomingMessage, sourceIp: string, id: string, size: number): Record<string, string> {
  const before = message.headers['x-forwarded-for'];
  return {
    'content-length': String(size),
    'x-amzn-trace-id': `Root=1-${id.slice(0, 8)}-${id.replaceAll('-', '').slice(0, 24)}`,
    'x-forwarded-for': before === undefined ? sourceIp : `${String(before)}, ${sourceIp}`,
    'x-forwarded-port': '443',
    'x-forwarded-proto': 'https',
  };
}

function decoded(segments: string[]): string[] | undefined {
  try {
    return segments.map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
