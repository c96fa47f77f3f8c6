import { invalidRequest, noSuch } from './errors.ts';
import { either, integer, object, type Param, type Parsed, text } from './params.ts';

/** The parameters of every list. */
export const listParams = { limit: integer(1, 100), starting_after: text(), ending_before: text() };

interface Page<T> {
  readonly object: 'list';
  readonly data: T[];
  readonly has_more: boolean;
  readonly url: string;
}

export const wholeList = <T>(url: string, data: T[]): Page<T> => ({ object: 'list', data, has_more: false, url });

function positionOf(items: readonly { id: string }[], id: string, param: string): number {
  const position = items.findIndex((item) => item.id === id);
  if (position === -1) throw noSuch('object', id, param);
  return position;
}

/** One page of a list that is sorted newest first. Cursors are ids: `starting_after` for older ones, `ending_before` for newer ones. */
export function pageOf<T extends { id: string }>(
  url: string,
  items: readonly T[],
  { limit = 10, starting_after, ending_before }: Parsed<typeof listParams>,
): Page<T> {
  if (starting_after !== undefined && ending_before !== undefined) {
    throw invalidRequest('You may not specify both ending_before and starting_after', 'ending_before');
  }
  if (ending_before !== undefined) {
    const newer = items.slice(0, positionOf(items, ending_before, 'ending_before'));
    return { object: 'list', data: newer.slice(-limit), has_more: newer.length > limit, url };
  }
  const older =
    starting_after === undefined ? items : items.slice(positionOf(items, starting_after, 'starting_after') + 1);
  return { object: 'list', data: older.slice(0, limit), has_more: older.length > limit, url };
}

type Range = Parsed<typeof bounds>;
const bounds = { gt: integer(), gte: integer(), lt: integer(), lte: integer() };

/** A time, or a range of times: `created=1` or `created[gte]=1`. */
export const range: Param<number | Range> = either(integer(), (raw) => typeof raw === 'string', object(bounds));

export function inRange(value: number, wanted: number | Range | undefined): boolean {
  if (wanted === undefined) return true;
  if (typeof wanted === 'number') return value === wanted;
  return (
    value > (wanted.gt ?? -Infinity) &&
    value >= (wanted.gte ?? -Infinity) &&
    value < (wanted.lt ?? Infinity) &&
    value <= (wanted.lte ?? Infinity)
  );
}

/** True when nothing was asked for, or exactly this. */
export const asked = <T>(value: T, wanted: T | undefined): boolean => wanted === undefined || value === wanted;
