import { Readable } from 'node:stream';
import type { IncomingMessage, ServerResponse } from 'node:http';
import dynalite from 'dynalite';
import type { Guard, Refusal } from '../iam/guard.ts';
import { onLoopback } from '../net/loopback.ts';
import { listen, readBody, type Handler } from '../net/server.ts';
import { parseObject, type JsonObject } from '../template/json.ts';
import { accesses } from './access.ts';
import { type Call, dumpTables, type Items, restoreTables } from './items.ts';

export interface Dynamo {
  url: string;
  /** Creates a table by CreateTable's own parameters. */
  createTable(parameters: JsonObject): Promise<void>;
  /** All items by table name. */
  dump(): Promise<Items>;
  /** @throws Error when there is no such table */
  restore(items: Items): Promise<void>;
  stop: () => Promise<void>;
}

/** DynamoDB takes at most 16 MiB in a request. */
const bodyLimit = 16 * 1024 * 1024;
const contentType = 'application/x-amz-json-1.0';

const isWrite = (target: string): boolean => /\.(Put|Update|Delete|BatchWrite|Transact)/.test(target);

/** DynamoDB in memory (dynalite), each call checked by the guard first. @param onWrite told of each call that may write */
export async function startDynamo(guard: Guard, arnPrefix: string, onWrite = (): void => {}): Promise<Dynamo> {
  // It never listens itself, so that there is no way around the guard; what it holds is in memory and needs no closing.
  const engine = dynalite({ createTableMs: 0 });
  const handler: Handler = async (request, response) => {
    const admitted = await admit(request, response, guard, arnPrefix);
    if (admitted === undefined) return;
    engine.emit('request', admitted, response);
    if (isWrite(String(request.headers['x-amz-target'] ?? ''))) onWrite();
  };
  const door = await listen(onLoopback(handler, { browsers: false }));
  const ask: Call = (operation, parameters) => call(door.url, operation, parameters);
  return {
    url: door.url,
    createTable: async (parameters) => {
      await ask('CreateTable', parameters);
    },
    dump: () => dumpTables(ask),
    restore: (items) => restoreTables(ask, items),
    stop: door.close,
  };
}

/** The request, to be read again by the engine, or undefined when it has been answered with a refusal. */
async function admit(
  request: IncomingMessage,
  response: ServerResponse,
  guard: Guard,
  arnPrefix: string,
): Promise<object | undefined> {
  const body = await readBody(request, bodyLimit);
  if (body === 'too large') return refuse(response, tooLarge);
  const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1];
  const parsed = parse(body);
  if (operation !== undefined && parsed !== undefined) {
    const refusal = await guard(request.headers.authorization, accesses(operation, parsed, arnPrefix));
    if (refusal !== undefined) return refuse(response, refusal);
  }
  // Without an operation or a JSON body there is nothing to guard: the engine answers with DynamoDB's own error.
  const { headers, method, url } = request;
  return Object.assign(Readable.from([body]), { headers, method, url });
}

const tooLarge: Refusal = { type: 'ValidationException', message: 'The request is over 16 MiB.' };

function refuse(response: ServerResponse, { type, message }: Refusal): undefined {
  response.writeHead(400, { 'content-type': contentType });
  response.end(JSON.stringify({ __type: `com.amazon.coral.service#${type}`, message }));
}

function parse(body: Buffer): JsonObject | undefined {
  try {
    return parseObject(body.toString('utf8'), 'request');
  } catch {
    return undefined;
  }
}

/** A call of the local cloud itself. dynalite asks for a signature's form, not for a true one. */
async function call(url: string, operation: string, parameters: JsonObject): Promise<JsonObject> {
  const headers = {
    'content-type': contentType,
    'x-amz-target': `DynamoDB_20120810.${operation}`,
    'x-amz-date': '20260101T000000Z',
    authorization: 'AWS4-HMAC-SHA256 Credential=operator/local, SignedHeaders=host, Signature=local',
  };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(parameters) });
  const text = await response.text();
  if (!response.ok) throw new Error(`DynamoDB refused ${operation}: ${text}`);
  return parseObject(text, operation);
}
