import type { ServerResponse } from 'node:http';
import type { Guard } from '../iam/guard.ts';
import { onLoopback } from '../net/loopback.ts';
import { listen, readBody, type Handler, type Listening } from '../net/server.ts';
import type { LambdaService } from './service.ts';

/** Of an event, in bytes. */
const bodyLimit = 6_291_556;

/**
 * Lambda's own API, as far as somebody runs a function by hand: `aws lambda invoke`.
 *
 * @param arnPrefix `arn:aws:lambda:<region>:<account>:function:`
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function startLambda(lambda: LambdaService, guard: Guard, arnPrefix: string): Promise<Listening> {
  const handler: Handler = async (request, response) => {
    const [, name] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(request.url ?? '') ?? [];
    if (request.method !== 'POST' || name === undefined)
      return fault(response, 404, 'UnknownOperationException', 'Only Invoke is known here: local/lambda/server.ts.');
    const body = await readBody(request, bodyLimit);
    if (body === 'too large') return fault(response, 413, 'RequestTooLargeException', 'The event is too large.');
    const event = eventIn(body.toString('utf8'));
    if (event === undefined)
      return fault(response, 400, 'InvalidRequestContentException', 'Could not parse request body into json');
    const named = decodeURIComponent(name);
    const functionArn = named.startsWith('arn:') ? named : `${arnPrefix}${named}`;
    const access = { action: 'lambda:InvokeFunction', resource: functionArn };
    const refusal = await guard(request.headers.authorization, [access]);
    if (refusal !== undefined) return fault(response, 403, refusal.type, refusal.message);
    if (lambda.find(functionArn) === undefined)
      return fault(response, 404, 'ResourceNotFoundException', `Function not found: ${functionArn}`);
    return invoke(lambda, functionArn, event, response);
  };
  return listen(onLoopback(handler, { browsers: false }));
}

async function invoke(lambda: LambdaService, arn: string, event: object, response: ServerResponse): Promise<void> {
  const outcome = await lambda.invoke(arn, event);
  const failed = outcome.kind === 'failed';
  response.writeHead(200, {
    'content-type': 'application/json',
    ...(failed && { 'x-amz-function-error': 'Unhandled' }),
  });
  const { errorType, errorMessage } = failed ? outcome : { errorType: '', errorMessage: '' };
  response.end(failed ? JSON.stringify({ errorType, errorMessage }) : outcome.payload);
}

/** Without a body the event is empty. */
function eventIn(text: string): object | undefined {
  try {
    const event: unknown = JSON.parse(text === '' ? '{}' : text);
    return typeof event === 'object' && event !== null ? event : undefined;
  } catch {
    return undefined;
  }
}

function fault(response: ServerResponse, status: number, type: string, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': type });
  response.end(JSON.stringify({ Type: 'User', Message: message, message }));
}
