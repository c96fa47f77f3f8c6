import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { header } from '../wire/http.ts';
import { isOwnHost } from '../wire/listener.ts';
import { PROTOCOL } from './messages.ts';

/** The CLI cuts an application's answer to 5,000 bytes, and its headers to 20 of 250. */
const MAX_MESSAGE = 64 * 1024;

export interface SocketSettings {
  readonly isKnown: (session: string) => boolean;
  readonly connected: (session: string, socket: WebSocket) => void;
}

function refuse(socket: Duplex, message: string): void {
  const body = JSON.stringify({ error: { type: 'invalid_request_error', message } });
  const head = `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nConnection: close`;
  socket.end(`${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

function refusal(request: IncomingMessage, session: string, isKnown: SocketSettings['isKnown']): string | null {
  // A browser always says on behalf of which page it comes; the CLI is none.
  if (!isOwnHost(request) || request.headers.origin !== undefined) return 'Only the Stripe CLI may listen here.';
  if (!request.url?.startsWith('/subscribe?')) return 'There is no such socket.';
  if (header(request, 'sec-websocket-protocol') !== PROTOCOL) return `The subprotocol is ${PROTOCOL}.`;
  // In these words, after which the CLI asks for a new session.
  return isKnown(session) ? null : 'Unknown WebSocket ID.';
}

/** Opens the CLI's sockets, to those only who name a session. */
export function createSockets({ isKnown, connected }: SocketSettings) {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE,
    handleProtocols: () => PROTOCOL,
  });
  return {
    upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
      socket.on('error', () => socket.destroy());
      const session = header(request, 'websocket-id') ?? '';
      const reason = refusal(request, session, isKnown);
      if (reason !== null) {
        refuse(socket, reason);
        return;
      }
      server.handleUpgrade(request, socket, head, (opened) => {
        // What is too large or malformed closes that socket only.
        opened.on('error', () => opened.terminate());
        connected(session, opened);
      });
    },
  };
}
