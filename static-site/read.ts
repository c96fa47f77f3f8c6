/**
 * Reads fields of a JSON answer and refuses what does not fit, so that an answer of another shape (a proxy's page, an
 * older deployment) becomes one fault in words, not an `undefined` somewhere in the page.
 */
export interface Fields {
  readonly text: (key: string) => string;
  readonly textOrNull: (key: string) => string | null;
  readonly number: (key: string) => number;
  readonly numberOrNull: (key: string) => number | null;
  readonly yes: (key: string) => boolean;
  readonly fields: (key: string) => Fields;
  readonly fieldsOrNull: (key: string) => Fields | null;
  readonly list: (key: string) => readonly Fields[];
  readonly texts: (key: string) => readonly string[];
}

/** Thrown when an answer has not the shape that docs/api.md promises. */
export class UnexpectedShape extends Error {
  override name = 'UnexpectedShape';
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** Reads `value` as an object; `where` names it in the fault. Throws `UnexpectedShape`. */
export function read(value: unknown, where: string): Fields {
  if (!isObject(value)) throw new UnexpectedShape(where);

  function take<T>(key: string, is: (found: unknown) => found is T): T {
    const found = isObject(value) ? value[key] : undefined;
    if (!is(found)) throw new UnexpectedShape(`${where}.${key}`);
    return found;
  }
  const orNull = <T>(key: string, taken: (key: string) => T): T | null =>
    value[key] === null || value[key] === undefined ? null : taken(key);

  const text = (key: string): string => take(key, isText);
  const number = (key: string): number => take(key, isNumber);
  const fields = (key: string): Fields => read(value[key], `${where}.${key}`);
  return {
    text,
    number,
    fields,
    textOrNull: (key) => orNull(key, text),
    numberOrNull: (key) => orNull(key, number),
    fieldsOrNull: (key) => orNull(key, fields),
    yes: (key) => take(key, isBoolean),
    list: (key) => take(key, isList).map((item, at) => read(item, `${where}.${key}[${at}]`)),
    texts: (key) => take(key, isList).filter(isText),
  };
}
