import type { Outcome } from '../lambda/definition.ts';
import { isObject, type Json } from '../template/json.ts';
import type { StreamRecord } from './stream.ts';

/**
 * The records that have to come again after an invocation: none, all, or those from the first failed one on, which a
 * function may report by its sequence number.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export function unprocessed(records: StreamRecord[], outcome: Outcome, reportsFailures: boolean): StreamRecord[] {
  if (outcome.kind === 'failed') return records;
  if (!reportsFailures) return [];
  const failures = failuresIn(JSON.parse(outcome.payload));
  if (failures.length === 0) return [];
  const places = failures.map((failure) => records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === failure));
  // One that names no record of the batch (-1) fails all of it.
  return records.slice(Math.max(0, Math.min(...places)));
}

/** `{ "batchItemFailures": [{ "itemIdentifier": "..." }] }`; what has not this shape fails nothing, or names no record. */
function failuresIn(answer: Json): string[] {
  const failures = isObject(answer) ? answer['batchItemFailures'] : undefined;
  if (!Array.isArray(failures)) return [];
  const identifiers = failures.map((failure) => (isObject(failure) ? failure['itemIdentifier'] : undefined));
  return identifiers.map((identifier) => (typeof identifier === 'string' ? identifier : ''));
}
