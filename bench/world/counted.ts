import { listen, readBody, type Listening } from '../../local/net/server.ts';
import { isObject, parseObject, type Json, type JsonObject } from '../../local/template/json.ts';

/** What was asked of DynamoDB, and what of it AWS would put on the bill. */
export interface Units {
  readonly calls: readonly string[];
  readonly read: number;
  readonly write: number;
}

export interface CountedTable extends Listening {
  /** Since it was last asked. */
  taken(): Units;
}

const NOTHING: Units = { calls: [], read: 0, write: 0 };
const BODY_LIMIT = 16 * 1024 * 1024;

/**
 * Stands before a DynamoDB and has it tell with each answer what the call consumed. Two things dynalite leaves out are added, as
 * AWS counts them: a write that its condition refused costs what it would have written, one unit for items as small as ours;
 * and a customer's item is written to the index as well.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
export async function countedTable(target: string): Promise<CountedTable> {
  let units = NOTHING;
  const listening = await listen(async (request, response) => {
    const body = await readBody(request, BODY_LIMIT);
    if (body === 'too large') throw new Error('DynamoDB takes 16 MiB at most.');
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const asked = { ...parseObject(body.toString('utf8'), operation), ReturnConsumedCapacity: 'TOTAL' };
    const answer = await fetch(target, {
      method: 'POST',
      headers: passedOn(request.headers),
      body: JSON.stringify(asked),
    });
    const text = await answer.text();
    units = added(units, operation, asked, parseObject(text, operation));
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(text);
  });
  const taken = (): Units => {
    const seen = units;
    units = NOTHING;
    return seen;
  };
  return { ...listening, taken };
}

/** What a signature is made of stays: dynalite looks at its form alone. */
function passedOn(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  const names = ['authorization', 'content-type', 'x-amz-date', 'x-amz-target'];
  return Object.fromEntries(names.map((name) => [name, String(headers[name] ?? '')]));
}

function added({ calls, read, write }: Units, operation: string, asked: JsonObject, answer: JsonObject): Units {
  const writes = /^(Put|Update|Delete|BatchWrite)/.test(operation);
  const consumed = consumedBy(answer) + (writes ? indexUnits(asked, answer) : 0);
  return { calls: [...calls, operation], read: read + (writes ? 0 : consumed), write: write + (writes ? consumed : 0) };
}

function consumedBy(answer: JsonObject): number {
  const { ConsumedCapacity: capacity, __type: fault } = answer;
  if (typeof fault === 'string' && fault.endsWith('#ConditionalCheckFailedException')) return 1;
  const each = Array.isArray(capacity) ? capacity : [capacity ?? null];
  return each.reduce<number>((sum, one) => sum + unitsIn(one), 0);
}

const unitsIn = (capacity: Json): number => (isObject(capacity) ? Number(capacity['CapacityUnits'] ?? 0) : 0);

/** Of our items those of customers alone have the index's key, and they are put whole. */
function indexUnits({ Item: item }: JsonObject, { __type: fault }: JsonObject): number {
  return isObject(item) && 'customerId' in item && fault === undefined ? 1 : 0;
}
