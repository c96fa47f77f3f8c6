import type { Json, JsonObject } from '../template/json.ts';
import { AwsFault, unknownCall, type AwsAnswer, type AwsService } from './request.ts';

type Operation = (request: Json) => JsonObject;

/** A service in AWS's JSON 1.1 protocol, by the name after the dot in X-Amz-Target. */
export function jsonService(operations: Readonly<Partial<Record<string, Operation>>>): AwsService {
  return ({ headers, body, service }) => {
    const name = operationOf(headers);
    const operation = operations[name];
    try {
      if (operation === undefined) throw unknownCall(service, name);
      const request: Json = JSON.parse(body.toString('utf8'));
      return answer(200, operation(request));
    } catch (error) {
      return jsonFault(error);
    }
  };
}

export const operationOf = (headers: Readonly<Record<string, string>>): string =>
  (headers['x-amz-target'] ?? '').replace(/^.*\./, '');

export function jsonFault(error: unknown): AwsAnswer {
  if (error instanceof AwsFault) return answer(error.status, { __type: error.code, message: error.message });
  return answer(400, { __type: 'SerializationException', message: String(error) });
}

const answer = (status: number, body: JsonObject): AwsAnswer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: JSON.stringify(body),
});
