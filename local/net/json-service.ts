import type { IncomingMessage } from 'node:http';
import { fields, type Author, type Fields } from '../template/fields.ts';
import { parseObject, TemplateError, type JsonObject } from '../template/json.ts';
import { onLoopback } from './loopback.ts';
import { listen, readBody, type Handler, type Listening } from './server.ts';

/** A fault as AWS's JSON services answer it: HTTP 400 with the code in `__type`. */
export class ServiceFault extends Error {
  override name = 'ServiceFault';
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

export interface ServiceRequest {
  /** What follows the service's name in X-Amz-Target. */
  operation: string;
  body: Fields;
  authorization: string | undefined;
}

/** An endpoint in AWS's JSON 1.1 protocol. @param limit how many bytes a request may have */
export function startJsonService(
  limit: number,
  answer: (request: ServiceRequest) => Promise<JsonObject>,
): Promise<Listening> {
  const handler: Handler = async (request, response) => {
    const { status, body } = await readRequest(request, limit).then(answer).then(good, fault);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(body));
  };
  return listen(onLoopback(handler, { browsers: false }));
}

interface Answer {
  status: number;
  body: JsonObject;
}

async function readRequest(request: IncomingMessage, limit: number): Promise<ServiceRequest> {
  const bytes = await readBody(request, limit);
  if (bytes === 'too large') throw new ServiceFault('ValidationException', 'The request is too large.');
  const operation = String(request.headers['x-amz-target'] ?? '').replace(/^.*\./, '');
  return { operation, body: parse(bytes.toString('utf8')), authorization: request.headers.authorization };
}

/** Unlike CloudFormation, a service takes a number for a number only. */
const caller: Author = { exact: true, nextStep: 'Mend the request.' };

function parse(text: string): Fields {
  try {
    return fields(parseObject(text, 'request'), 'request', caller);
  } catch {
    throw new ServiceFault('SerializationException', 'The request is not a JSON object.');
  }
}

const good = (body: JsonObject): Answer => ({ status: 200, body });

function fault(error: unknown): Answer {
  if (error instanceof ServiceFault) return { status: 400, body: { __type: error.type, message: error.message } };
  if (error instanceof TemplateError)
    return { status: 400, body: { __type: 'ValidationException', message: error.message } };
  return { status: 500, body: { __type: 'InternalServiceError', message: String(error) } };
}
