import { connect } from 'node:net';

/** How long to wait for an answer to what is no whole request, in milliseconds: the server may wait for its rest. */
const ENOUGH = 10_000;

/** Sends these very bytes. @returns the status of the answer; 0 when the connection was closed without one */
export function statusOf(url: string, request: Buffer): Promise<number> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) });
    let answer = '';
    socket.setTimeout(ENOUGH, () =>
      socket.destroy(new Error(`no answer to ${request.toString('latin1').slice(0, 500)}`)),
    );
    socket.on('data', (bytes) => (answer += bytes.toString('latin1')));
    // It may be refused and closed while it is still being sent.
    socket.on('error', (error) => ('code' in error ? undefined : reject(error)));
    socket.on('close', () => resolve(Number(/^HTTP\/1\.1 ([2-5]\d\d)/m.exec(answer)?.[1] ?? 0)));
    socket.write(request); // half-closed, Node's server would give up on it
  });
}

export interface RawRequest {
  readonly method: string;
  readonly target: string;
  /** As they go over the wire, in this order, with names that may come twice. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** Each character of a header is one byte, as HTTP has it. */
export function bytesOf({ method, target, headers, body }: RawRequest): Buffer {
  const lines = [`${method} ${target} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}
