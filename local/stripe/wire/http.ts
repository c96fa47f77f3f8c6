import type { IncomingMessage, ServerResponse } from 'node:http';
import { StripeError } from './errors.ts';

/** Far more than any call of Stripe's API needs. */
const MAX_BODY = 256 * 1024;

const tooLarge = (): StripeError =>
  new StripeError(413, { type: 'invalid_request_error', message: `Request bodies may have ${MAX_BODY} bytes.` });

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_BODY) throw tooLarge();
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): void {
  response.writeHead(status, { 'Cache-Control': 'no-store', ...headers, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

/** A header that was sent once; undefined when absent or sent several times. */
export function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}
