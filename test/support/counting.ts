import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';

/** `before`: the connection breaks before the call has an effect; `after`: it had its effect, but the answer is lost. */
export type Fault = 'none' | 'before' | 'after';

/** Stands in front of a server on this machine, remembers what was asked of it, and breaks calls when told to. */
export interface Counter {
  readonly url: string;
  /** `DynamoDB_20120810.Query`, or `POST /v1/checkout/sessions`; emptied by being read. */
  taken(): string[];
  /** What happens to the next calls, in their order. */
  break(faults: readonly Fault[]): void;
  stop(): Promise<void>;
}

export async function countCalls(target: string): Promise<Counter> {
  const calls: string[] = [];
  const faults: Fault[] = [];
  const server = createServer((request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    const operation = headers['x-amz-target'];
    calls.push(typeof operation === 'string' ? operation : `${method} ${url.split('?')[0]}`);
    const fault = faults.shift() ?? 'none';
    if (fault === 'before') {
      response.destroy();
      return;
    }
    const address = { method, headers: { ...headers, host: new URL(target).host } };
    const onward = send(new URL(url, target), address, (answer) => {
      if (fault === 'after') answer.on('end', () => response.destroy()).resume();
      else pass(answer, response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    taken: () => calls.splice(0),
    break: (next) => void faults.splice(0, faults.length, ...next),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function pass(answer: IncomingMessage, response: ServerResponse): void {
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  answer.pipe(response);
}
