import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Guard, Refusal } from '../iam/guard.ts';
import { onLoopback } from '../net/loopback.ts';
import { listen, readBody, type Handler } from '../net/server.ts';
import { tableStream, type StreamRecord, type TableStream, type ViewType } from '../streams/stream.ts';
import { isObject, parseObject, type JsonObject } from '../template/json.ts';
import { accesses } from './access.ts';
import { followed, touchedBy, type Followed } from './changes.ts';
import { contentType, ownCalls, startEngine, type EngineAnswer } from './engine.ts';
import { type Call, dumpTables, type Items, restoreTables } from './items.ts';
import { inTurn } from './turns.ts';

/** What a restart of DynamoDB in memory would lose. */
export interface DynamoState {
  /** All items by table name. */
  tables: Items;
  /** By the stream's ARN, the records that nobody is done with. */
  streams: Record<string, StreamRecord[]>;
}

export interface Dynamo {
  url: string;
  /** Creates a table by CreateTable's own parameters. */
  createTable(parameters: JsonObject): Promise<void>;
  /** Gives a table a stream; `keys` are the names of its keys. */
  openStream(table: { tableName: string; keys: readonly string[] }, arn: string, viewType: ViewType): void;
  stream(arn: string): TableStream | undefined;
  dump(): Promise<DynamoState>;
  /** Into the tables as they are, without a trace in their streams. @throws Error when there is no such table */
  restore(state: Partial<DynamoState>): Promise<void>;
  stop: () => Promise<void>;
}

/** DynamoDB takes at most 16 MiB in a request. */
const bodyLimit = 16 * 1024 * 1024;

const isWrite = (operation: string): boolean => /^(Put|Update|Delete|BatchWrite|Transact)/.test(operation);

/** DynamoDB in memory (dynalite), each call checked by the guard first. @param onWrite told of each call that may write */
export async function startDynamo(guard: Guard, arnPrefix: string, onWrite = (): void => {}): Promise<Dynamo> {
  const engine = startEngine();
  const ask = ownCalls(engine);
  const tables = new Map<string, Followed>();
  const streams = (): TableStream[] => [...tables.values()].map(({ stream }) => stream);
  /** Who reads an item before and after a write, or all of them at one moment, must be alone. */
  const turn = inTurn();

  const handler: Handler = async (request, response) => {
    const admitted = await admit(request, response, guard, arnPrefix);
    if (admitted === undefined) return;
    const { operation, parsed, body } = admitted;
    const { method, url, headers } = request;
    const run = (): Promise<EngineAnswer> => engine({ method, url, headers, body });
    const touched = touchedBy(operation, parsed, tables);
    send(response, await (touched.length === 0 ? run() : turn(() => followed(ask, touched, run))));
    if (isWrite(operation)) onWrite();
  };

  const door = await listen(onLoopback(handler, { browsers: false }));
  return {
    url: door.url,
    createTable: (parameters) => createTable(ask, parameters),
    openStream: (table, arn, viewType) => {
      tables.set(table.tableName, { ...table, stream: tableStream(arn, viewType, onWrite) });
    },
    stream: (arn) => streams().find((stream) => stream.arn === arn),
    dump: () =>
      turn(async () => ({
        tables: await dumpTables(ask),
        streams: Object.fromEntries(streams().map((stream) => [stream.arn, stream.dump()])),
      })),
    restore: (state) =>
      turn(async () => {
        await restoreTables(ask, state.tables ?? {});
        for (const stream of streams()) stream.restore(state.streams?.[stream.arn] ?? []);
      }),
    stop: door.close,
  };
}

/** Ends when the table can be written: dynalite, too, takes a moment. */
async function createTable(call: Call, parameters: JsonObject): Promise<void> {
  let { TableDescription: table = {} } = await call('CreateTable', parameters);
  while (isObject(table) && table['TableStatus'] === 'CREATING') {
    await new Promise(setImmediate);
    ({ Table: table = {} } = await call('DescribeTable', { TableName: table['TableName'] ?? '' }));
  }
}

interface Admitted {
  operation: string;
  parsed: JsonObject;
  body: Buffer;
}

/** The request as read, or undefined when it has been answered with a refusal. */
async function admit(
  request: IncomingMessage,
  response: ServerResponse,
  guard: Guard,
  arnPrefix: string,
): Promise<Admitted | undefined> {
  const body = await readBody(request, bodyLimit);
  if (body === 'too large') return refuse(response, tooLarge);
  const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1];
  const parsed = parse(body);
  // Without an operation or a JSON body there is nothing to guard: the engine answers with DynamoDB's own error.
  if (operation === undefined || parsed === undefined) return { operation: '', parsed: {}, body };
  const refusal = await guard(request.headers.authorization, accesses(operation, parsed, arnPrefix));
  return refusal === undefined ? { operation, parsed, body } : refuse(response, refusal);
}

const tooLarge: Refusal = { type: 'ValidationException', message: 'The request is over 16 MiB.' };

function refuse(response: ServerResponse, { type, message }: Refusal): undefined {
  response.writeHead(400, { 'content-type': contentType });
  response.end(JSON.stringify({ __type: `com.amazon.coral.service#${type}`, message }));
}

function send(response: ServerResponse, { status, headers, body }: EngineAnswer): void {
  response.writeHead(status, headers);
  response.end(body);
}

function parse(body: Buffer): JsonObject | undefined {
  try {
    return parseObject(body.toString('utf8'), 'request');
  } catch {
    return undefined;
  }
}
