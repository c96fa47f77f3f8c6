import { request as send, type Agent, type IncomingMessage } from 'node:http';
import { refusal, type EdgeRequest, type EdgeResponse } from './message.ts';

/** A server, at a URL without path. */
export interface HttpOrigin {
  readonly kind: 'http';
  readonly url: string;
}

const NOT_PASSED_ON = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'set-cookie',
  'upgrade',
  'trailer',
]);

/** An API's answer is at most 10 MB, a Lambda function's 6 MB. Bytes. */
const LARGEST_ANSWER = 20 * 1024 * 1024;

interface Asked {
  readonly origin: HttpOrigin;
  readonly request: EdgeRequest;
  readonly timeoutSeconds: number;
  readonly agent: Agent;
}

/** Asks the origin. What cannot be answered is CloudFront's 502 or 504, never a fault of ours. */
export async function askHttp(asked: Asked): Promise<EdgeResponse> {
  const signal = AbortSignal.timeout(asked.timeoutSeconds * 1000);
  try {
    return await answered(await sent(asked, signal), asked.request.method);
  } catch (error) {
    if (signal.aborted) {
      return refusal(504, 'The origin did not answer in time.', `OriginReadTimeout is ${asked.timeoutSeconds} s.`);
    }
    const reason = error instanceof Error ? error.message : String(error);
    return refusal(502, 'CloudFront wasn’t able to connect to the origin.', `The local origin failed: ${reason}`);
  }
}

function sent({ origin, request, agent }: Asked, signal: AbortSignal): Promise<IncomingMessage> {
  const target = `${request.path}${request.query === '' ? '' : `?${request.query}`}`;
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin.url);
    const length =
      request.body.length > 0 || request.method === 'POST' ? { 'content-length': String(request.body.length) } : {};
    const headers = { ...request.headers, ...length };
    const outgoing = send({ agent, hostname, port, method: request.method, path: target, headers, signal }, resolve);
    outgoing.once('error', reject);
    outgoing.end(request.body);
  });
}

async function answered(incoming: IncomingMessage, method: string): Promise<EdgeResponse> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > LARGEST_ANSWER) throw new Error(`its answer is larger than ${LARGEST_ANSWER} bytes`);
    chunks.push(bytes);
  }
  const { 'content-length': length } = incoming.headers;
  const headers = Object.entries(incoming.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined || NOT_PASSED_ON.has(name) ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  );
  return {
    status: incoming.statusCode ?? 502,
    headers: { ...Object.fromEntries(headers), ...(method === 'HEAD' && length ? { 'content-length': length } : {}) },
    setCookies: incoming.headers['set-cookie'] ?? [],
    body: Buffer.concat(chunks),
  };
}
