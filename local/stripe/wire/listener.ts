import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { StripeError } from './errors.ts';
import { send } from './http.ts';

/** Opens a server on 127.0.0.1. @param port 0 for a free one @returns the port */
export const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('no port'));
      else resolve(address.port);
    });
  });

export const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** True for a request addressed to this server by its own name: a page elsewhere that points a name of its own here is refused. */
export const isOwnHost = ({ headers, socket }: IncomingMessage): boolean =>
  headers.host === `127.0.0.1:${socket.localPort}` || headers.host === `localhost:${socket.localPort}`;

const plain = (response: ServerResponse, status: number, text: string): void =>
  send(response, status, { 'Content-Type': 'text/plain' }, `${text}\n`);

export type Answerer = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;

/** A server that hands on what is addressed to it, and survives what goes wrong with one request. */
export function serverFor(answer: Answerer, log: (line: string) => void): Server {
  async function answerOwn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isOwnHost(request)) return plain(response, 421, 'This server has another address.');
    const base = `http://${request.headers.host}`;
    if (!URL.canParse(request.url ?? '/', base)) return plain(response, 400, 'This is no address.');
    return answer(request, response, new URL(request.url ?? '/', base));
  }

  function failed(response: ServerResponse, error: unknown): void {
    const refused = error instanceof StripeError;
    if (!refused) log(`request failed: ${(error instanceof Error && error.stack) || String(error)}`);
    if (response.headersSent) response.destroy();
    else plain(response, refused ? error.status : 500, 'The request failed.');
  }

  const server = createServer((request, response) => {
    answerOwn(request, response).catch((error: unknown) => failed(response, error));
  });
  server.keepAliveTimeout = 0; // the client ends it: one that both may end breaks now and then under the next request
  return server;
}
