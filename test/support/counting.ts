import { createServer, request as send } from 'node:http';

/** Stands in front of a server on this machine and remembers what was asked of it. */
export interface Counter {
  readonly url: string;
  /** `DynamoDB_20120810.Query`, or `POST /v1/checkout/sessions`; emptied by being read. */
  taken(): string[];
  stop(): Promise<void>;
}

export async function countCalls(target: string): Promise<Counter> {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    const operation = headers['x-amz-target'];
    calls.push(typeof operation === 'string' ? operation : `${method} ${url.split('?')[0]}`);
    const onward = send(
      new URL(url, target),
      { method, headers: { ...headers, host: new URL(target).host } },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    taken: () => calls.splice(0),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
