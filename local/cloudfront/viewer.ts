import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../net/server.ts';
import { refusal, type EdgeRequest, type EdgeResponse } from './message.ts';

/** API Gateway takes 10 MB, and nothing else here takes a body. Bytes. */
const LARGEST_BODY = 10 * 1024 * 1024;

type Edge = (request: EdgeRequest) => Promise<EdgeResponse>;

/** Answers one request of a viewer. */
export async function serve(
  edge: Edge,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  log: (line: string) => void,
): Promise<void> {
  const started = performance.now();
  const answer = await answerTo(edge, incoming, log);
  write(answer, incoming, outgoing);
  const path = (incoming.url ?? '/').split('?', 1)[0];
  const cache = answer.headers['x-cache']?.split(' ', 1)[0] ?? '-';
  log(
    `cloudfront  ${incoming.method} ${path} ${outgoing.statusCode} ${cache} ${Math.round(performance.now() - started)} ms`,
  );
}

async function answerTo(edge: Edge, incoming: IncomingMessage, log: (line: string) => void): Promise<EdgeResponse> {
  try {
    if (!isOurs(incoming.headers.host))
      return refusal(403, 'No distribution has this host.', 'Use http://localhost, on this machine.');
    const body = await readBody(incoming, LARGEST_BODY);
    if (body === 'too large')
      return refusal(413, 'The request body is too large.', `${LARGEST_BODY} bytes are allowed.`);
    return await edge(edgeRequest(incoming, body));
  } catch (error) {
    log(`[cloudfront] ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return refusal(500, 'The local front server failed.', 'The log has why.');
  }
}

/** A page elsewhere, whose name somebody lets point to 127.0.0.1, has no business here. */
function isOurs(host: string | undefined): boolean {
  return /^(localhost|127\.0\.0\.1)(:\d+)?$/i.test(host ?? '');
}

function edgeRequest(incoming: IncomingMessage, body: Buffer): EdgeRequest {
  const [path = '/', ...query] = (incoming.url ?? '/').split('?');
  const headers = Object.entries(incoming.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  );
  return {
    method: incoming.method ?? 'GET',
    path,
    query: query.join('?'),
    headers: Object.fromEntries(headers),
    body,
    viewerIp: incoming.socket.remoteAddress ?? '127.0.0.1',
  };
}

function write(answer: EdgeResponse, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const unchanged = answer.status === 200 && sameAs(incoming.headers['if-none-match'], answer.headers['etag']);
  const { 'content-length': told, ...headers } = answer.headers;
  const empty = unchanged || incoming.method === 'HEAD';
  outgoing.statusCode = unchanged ? 304 : answer.status;
  for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
  if (answer.setCookies.length > 0) outgoing.setHeader('set-cookie', [...answer.setCookies]);
  if (!unchanged && answer.status !== 204) outgoing.setHeader('content-length', told ?? answer.body.length);
  outgoing.end(empty ? undefined : answer.body);
}

/** Weak comparison, as If-None-Match wants it (RFC 9110, 13.1.2). */
function sameAs(condition: string | undefined, etag: string | undefined): boolean {
  if (condition === undefined || etag === undefined) return false;
  return condition.trim() === '*' || condition.split(',').map(opaque).includes(opaque(etag));
}

const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');
