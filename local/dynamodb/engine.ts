import { Readable } from 'node:stream';
import type { IncomingHttpHeaders } from 'node:http';
import dynalite from 'dynalite';
import { parseObject } from '../template/json.ts';
import type { Call } from './items.ts';

export interface EngineRequest {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface EngineAnswer {
  status: number;
  headers: Record<string, string | number>;
  body: string;
}

export const contentType = 'application/x-amz-json-1.0';

/** dynalite: DynamoDB in memory. It never listens itself, so that there is no way around the door; it needs no closing. */
export function startEngine(): (request: EngineRequest) => Promise<EngineAnswer> {
  const engine = dynalite({ createTableMs: 0 });
  return ({ body, ...request }) =>
    new Promise((resolve) => {
      const headers: EngineAnswer['headers'] = {};
      // The part of a response that dynalite uses. It is not the caller's own, who may go away before a write is done.
      const response = {
        statusCode: 200,
        setHeader: (name: string, value: string | number) => void (headers[name] = value),
        end: (text = '') => resolve({ status: response.statusCode, headers, body: text }),
      };
      engine.emit('request', Object.assign(Readable.from([body]), request), response);
    });
}

/** Calls of the local cloud itself. dynalite asks for a signature's form, not for a true one. */
export function ownCalls(engine: ReturnType<typeof startEngine>): Call {
  return async (operation, parameters) => {
    const headers = {
      'content-type': contentType,
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'x-amz-date': '20260101T000000Z',
      authorization: 'AWS4-HMAC-SHA256 Credential=operator/local, SignedHeaders=host, Signature=local',
    };
    const request = { method: 'POST', url: '/', headers, body: Buffer.from(JSON.stringify(parameters)) };
    const { status, body } = await engine(request);
    if (status !== 200) throw new Error(`DynamoDB refused ${operation}: ${body}`);
    return parseObject(body, operation);
  };
}
