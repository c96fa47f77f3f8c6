import { randomUUID } from 'node:crypto';
import { listen, readBody, type Listening } from '../net/server.ts';

/** CloudFormation takes no longer answer. Bytes. */
const LONGEST = 4096;

/** The address to which one answer may be sent, as a PUT. */
export interface ResponseBox {
  readonly url: string;
  /** The answer's text; undefined when none has come. */
  answer(): string | undefined;
  close(): void;
}

export interface Responses {
  open(): ResponseBox;
  readonly close: Listening['close'];
}

/** Where functions answer for their custom resources: AWS has signed S3 addresses for that, which nobody can guess either. */
export async function startResponses(): Promise<Responses> {
  const boxes = new Map<string, string | undefined>();
  const server = await listen(async (request, response) => {
    const path = request.url ?? '';
    const body = await readBody(request, LONGEST);
    const status = request.method !== 'PUT' || !boxes.has(path) ? 403 : body === 'too large' ? 400 : 200;
    if (status === 200) boxes.set(path, body.toString('utf8'));
    response.writeHead(status).end();
  });
  return {
    open: () => {
      const path = `/${randomUUID()}`;
      boxes.set(path, undefined);
      return {
        url: `${server.url}${path}`,
        answer: () => boxes.get(path),
        close: () => void boxes.delete(path),
      };
    },
    close: server.close,
  };
}
