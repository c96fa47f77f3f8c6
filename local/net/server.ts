import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A listener on the loopback interface. */
export interface Listening {
  url: string;
  port: number;
  close: () => Promise<void>;
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/**
 * Listens on 127.0.0.1 only: nothing of the local cloud is reachable from another machine. Port 0 takes a free one. A
 * handler that fails (on a client that went away in the middle of its request, say) ends that request only.
 */
export async function listen(handler: Handler, port = 0): Promise<Listening> {
  const server = createServer((request, response) => {
    Promise.resolve(handler(request, response)).catch(() => response.destroy());
  });
  // The client ends a connection that is kept open: one that both may end breaks now and then under the next request.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const taken = address !== null && typeof address === 'object' ? address.port : port;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${taken}`, port: taken, close };
}

/** The request's whole body, or 'too large' as soon as it passes `limit` bytes (the rest is read and dropped). */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | 'too large'> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size <= limit) chunks.push(bytes);
    else chunks.length = 0;
  }
  return size > limit ? 'too large' : Buffer.concat(chunks);
}
