import type { IncomingMessage, ServerResponse } from 'node:http';
import { onLoopback } from '../net/loopback.ts';
import { listen, readBody, type Listening } from '../net/server.ts';
import { jsonFault, operationOf } from './json.ts';
import { AwsFault, signedBy, unknownCall, type AwsAnswer, type AwsRequest, type AwsService } from './request.ts';
import { element } from './xml.ts';

/** Above the largest asset, the AWS CLI that the CDK's bucket deployment brings along; it comes in parts of 5 MB. */
const bodyLimit = 64 * 1024 * 1024;

export interface EndpointOptions {
  /** 0 for a free one. */
  readonly port: number;
  /** The access key id of who may call. */
  readonly operatorKey: string;
  /** The service that a request is signed for. */
  readonly service: (name: string) => AwsService | undefined;
}

/** What `AWS_ENDPOINT_URL` names: one address for all services, told apart by what the request is signed for. */
export function startEndpoint({ port, operatorKey, service }: EndpointOptions): Promise<Listening> {
  const answer = (request: AwsRequest): AwsAnswer | Promise<AwsAnswer> =>
    request.accessKeyId === operatorKey
      ? (service(request.service) ?? unknown)(request)
      : refusal(request, stranger(operatorKey));
  const handler = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(incoming, bodyLimit);
    if (body === 'too large') return send(response, { status: 413, headers: {}, body: 'The request is too large.' });
    send(response, await answer(requestOf(incoming, body)));
  };
  return listen(onLoopback(handler, { browsers: false }), port).catch((error: unknown) => {
    throw isTaken(error)
      ? new Error(`Port ${port} is taken. Choose another for AWS: AWS_PORT=${port + 1} npm run cloud`, { cause: error })
      : error;
  });
}

const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

function requestOf({ method = '', url = '/', headers }: IncomingMessage, body: Buffer): AwsRequest {
  const texts = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  return {
    method,
    url: new URL(url, 'http://127.0.0.1'),
    headers: Object.fromEntries(texts),
    body,
    ...signedBy(headers.authorization),
  };
}

function send(response: ServerResponse, { status, headers, body }: AwsAnswer): void {
  response.writeHead(status, headers);
  response.end(body);
}

function stranger(operatorKey: string): AwsFault {
  const todo = `Here it is AWS_ACCESS_KEY_ID=${operatorKey}, with AWS_PROFILE not set.`;
  return new AwsFault(
    'UnrecognizedClientException',
    `The security token included in the request is invalid. ${todo}`,
    403,
  );
}

const unknown: AwsService = (request) => {
  const { headers, service, method, url, body } = request;
  const action = new URLSearchParams(body.toString('utf8')).get('Action') ?? `${method} ${url.pathname}`;
  return refusal(request, unknownCall(service, operationOf(headers) || action));
};

/** In the protocol that the call seems to be in. */
function refusal({ headers }: AwsRequest, fault: AwsFault): AwsAnswer {
  if (headers['x-amz-target'] !== undefined) return jsonFault(fault);
  const { code, message, status } = fault;
  const body = element('ErrorResponse', { Error: { Type: 'Sender', Code: code, Message: message } });
  return { status, headers: { 'content-type': 'text/xml' }, body };
}
