import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Handler } from '../../functions/shared/http.ts';
import { httpEvent } from '../support/http-event.ts';
import type { Invocations } from './invocations.ts';

/** Where Stripe delivers to: API Gateway's part of it. */
export function openEndpoint(port: number, invocations: Invocations, webhook: Handler): void {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    const headers = { 'stripe-signature': String(request.headers['stripe-signature']) };
    const event = httpEvent('POST', { path: '/webhook', body, headers });
    const { type } = JSON.parse(body);
    const result = await invocations.run(String(type), () => webhook(event));
    response.writeHead(result.statusCode ?? 200);
    response.end('body' in result ? result.body : '');
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(port, '127.0.0.1');
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
