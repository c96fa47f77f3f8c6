import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { onLoopback } from '../net/loopback.ts';
import { listen, readBody, type Handler } from '../net/server.ts';
import { answer } from './answer.ts';
import type { Api, Invoke } from './api.ts';
import { parseRequest } from './request.ts';
import { message, type GatewayResponse } from './response.ts';

/** API Gateway's quota for HTTP APIs, in bytes. */
const bodyLimit = 10 * 1024 * 1024;

/** Starts an API, on a free port if that is 0; routes, integrations, authorizers and the stage are added to it afterwards. */
export async function startApi(
  { port, ...settings }: Pick<Api, 'id' | 'account' | 'region' | 'domainName'> & { port: number },
  invoke: Invoke,
  { log, answered }: { log: (line: string) => void; answered: (status: number, milliseconds: number) => void },
): Promise<Api> {
  const handler: Handler = async (request, response) => {
    const started = performance.now();
    const answer = await handle(api, request, invoke, log);
    answered(answer.status, performance.now() - started);
    send(response, request.method, answer);
  };
  const server = await listen(onLoopback(handler, { browsers: true }), port);
  const api: Api = {
    ...settings,
    url: server.url,
    routes: [],
    integrations: new Map(),
    authorizers: new Map(),
    stage: undefined,
    stop: server.close,
  };
  return api;
}

async function handle(
  api: Api,
  incoming: IncomingMessage,
  invoke: Invoke,
  log: (line: string) => void,
): Promise<GatewayResponse> {
  const time = Date.now();
  const body = await readBody(incoming, bodyLimit);
  if (body === 'too large') return message(413, 'Request Entity Too Large');
  const request = parseRequest(incoming, body, randomUUID(), time);
  if (request === undefined) return message(400, 'Bad Request');
  try {
    const response = await answer(api, request, invoke, log);
    return { ...response, headers: { ...response.headers, 'apigw-requestid': request.id } };
  } catch (error) {
    log(`[api] ${request.method} ${request.path}: ${error instanceof Error ? error.stack : String(error)}`);
    return message(500, 'Internal Server Error');
  }
}

function send(
  response: ServerResponse,
  method: string | undefined,
  { status, headers, cookies, body }: GatewayResponse,
): void {
  response.writeHead(status, {
    ...headers,
    ...(cookies.length > 0 && { 'set-cookie': cookies }),
    'content-length': body.length,
  });
  response.end(method === 'HEAD' ? undefined : body);
}
