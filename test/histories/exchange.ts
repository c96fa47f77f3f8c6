import { EventEmitter } from 'node:events';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { Readable } from 'node:stream';

/** A request with its body. */
export interface Wanted {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** No answer will come: the connection is cut. */
export const cut = (): Error => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

/** Lets a server of node:http answer a request. Rejects when it cuts the connection. */
export function serve(server: Server, { method, path, headers, body }: Wanted, port: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(cut());
    const socket = { localPort: port, resetAndDestroy: fail, destroy: fail };
    const request = Object.assign(new Readable({ read() {} }), { method, url: path, headers, socket });
    if (body !== '') request.push(body);
    request.push(null);
    const sent: Record<string, string> = {};
    const response = {
      statusCode: 200,
      headersSent: false,
      socket,
      setHeader: (name: string, value: unknown) => void (sent[name.toLowerCase()] = String(value)),
      writeHead(status: number, more: Record<string, unknown> = {}) {
        response.statusCode = status;
        response.headersSent = true;
        for (const [name, value] of Object.entries(more)) sent[name.toLowerCase()] = String(value);
        return response;
      },
      end(text: string | Buffer = '') {
        resolve({ status: response.statusCode, headers: sent, body: String(text) });
      },
      destroy: fail,
    };
    server.emit('request', request, response);
  });
}

/** What node:http's `request` gives its caller, as far as the SDKs use it. */
export function clientSide(
  wanted: Omit<Wanted, 'body'>,
  port: number,
  go: (wanted: Wanted, port: number) => Promise<Answer>,
  onResponse?: (response: unknown) => void,
) {
  let body = '';
  let over = false;
  let timer: NodeJS.Timeout | undefined;
  const end = (error?: unknown): boolean => {
    if (over) return false;
    over = true;
    clearTimeout(timer);
    if (error !== undefined) request.emit('error', error);
    request.emit('close');
    return true;
  };
  const answered = ({ status, headers, body: text }: Answer): void => {
    if (over) return;
    const response = Object.assign(new Readable({ read() {} }), { statusCode: status, headers, complete: true });
    if (text !== '') response.push(text);
    response.push(null);
    if (onResponse) onResponse(response);
    request.emit('response', response);
    end();
  };
  const request = Object.assign(new EventEmitter(), {
    setTimeout: (milliseconds: number, late: () => void) => {
      timer = setTimeout(late, milliseconds);
      return request;
    },
    write: (chunk: string | Uint8Array) => {
      body += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
      return true;
    },
    end: (chunk?: string | Uint8Array) => {
      if (chunk) request.write(chunk);
      go({ ...wanted, body }, port).then(answered, end);
      return request;
    },
    destroy: (error?: unknown) => {
      end(error ?? cut());
      return request;
    },
  });
  return request;
}
