import { randomUUID } from 'node:crypto';
import type { Fields } from '../template/fields.ts';
import { parseObject, type JsonObject } from '../template/json.ts';
import type { BusEvent } from './bus.ts';

/** What PutEvents says about one entry: taken, or the fault that kept it out while others went in. */
export type Entry = { kind: 'event'; event: BusEvent } | { kind: 'refused'; code: string; message: string };

/** An entry of PutEvents as an event, or AWS's reason why it is none. */
export function readEntry(entry: Fields, { account, region }: { account: string; region: string }): Entry {
  const missing = ['Source', 'DetailType', 'Detail'].find((name) => !entry.has(name) || entry.text(name) === '');
  if (missing !== undefined) {
    const message = `Parameter ${missing} is not valid. Reason: ${missing} is a required argument.`;
    return { kind: 'refused', code: 'InvalidArgument', message };
  }
  const source = entry.text('Source');
  if (source.startsWith('aws.')) {
    return { kind: 'refused', code: 'NotAuthorizedForSource', message: 'Not authorized for the source.' };
  }
  const detail = parse(entry.text('Detail'));
  if (detail === undefined) return { kind: 'refused', code: 'MalformedDetail', message: 'Detail is malformed.' };
  const event: BusEvent = {
    version: '0',
    id: randomUUID(),
    'detail-type': entry.text('DetailType'),
    source,
    account,
    time: inSeconds(entry.has('Time') ? new Date(entry.number('Time') * 1000) : new Date()),
    region,
    resources: entry.texts('Resources'),
    detail,
  };
  return { kind: 'event', event };
}

export function inSeconds(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

function parse(detail: string): JsonObject | undefined {
  try {
    return parseObject(detail, 'Detail');
  } catch {
    return undefined;
  }
}
