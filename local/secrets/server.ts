import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Guard } from '../iam/guard.ts';
import { onLoopback } from '../net/loopback.ts';
import { listen, readBody, type Handler, type Listening } from '../net/server.ts';
import { fields, type Fields } from '../template/fields.ts';
import { parseObject, TemplateError, type JsonObject } from '../template/json.ts';
import { operations, SecretsFault } from './operations.ts';
import type { SecretStore } from './store.ts';

/** A secret is at most 64 KiB; this is that with room for the request around it. */
const bodyLimit = 256 * 1024;

/** Secrets Manager's JSON 1.1 protocol over the store, each call checked by the guard first. */
export function startSecrets(store: SecretStore, guard: Guard): Promise<Listening> {
  const handler: Handler = async (request, response) => {
    const { status, body } = await answer(request, store, guard).catch(fault);
    send(response, status, body);
  };
  return listen(onLoopback(handler, { browsers: false }));
}

interface Answer {
  status: number;
  body: JsonObject;
}

async function answer(request: IncomingMessage, store: SecretStore, guard: Guard): Promise<Answer> {
  const bytes = await readBody(request, bodyLimit);
  if (bytes === 'too large') throw new SecretsFault('ValidationException', 'The request is too large.');
  const name = String(request.headers['x-amz-target'] ?? '').replace('secretsmanager.', '');
  const operation = operations[name];
  if (operation === undefined) {
    throw new SecretsFault(
      'UnknownOperationException',
      `${name} is not known here; add it to local/secrets/operations.ts.`,
    );
  }
  const body = parse(bytes.toString('utf8'));
  const secretId = body.text('SecretId');
  const secret = store.find(secretId);
  const access = { action: `secretsmanager:${name}`, resource: secret?.arn ?? secretId };
  const refusal = await guard(request.headers.authorization, [access]);
  if (refusal !== undefined) throw new SecretsFault(refusal.type, refusal.message);
  if (secret === undefined) {
    throw new SecretsFault('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  }
  return { status: 200, body: operation(secret, body, store) };
}

function parse(text: string): Fields {
  try {
    return fields(parseObject(text, 'request'), 'request');
  } catch {
    throw new SecretsFault('SerializationException', 'The request is not a JSON object.');
  }
}

function fault(error: unknown): Answer {
  if (error instanceof SecretsFault) return { status: 400, body: { __type: error.type, message: error.message } };
  if (error instanceof TemplateError)
    return { status: 400, body: { __type: 'ValidationException', message: error.message } };
  return { status: 500, body: { __type: 'InternalServiceError', message: String(error) } };
}

function send(response: ServerResponse, status: number, body: JsonObject): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify(body));
}
