import { type Body, SimError } from './route.ts';

const listed = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

export const wrong = (message: string, next: string): SimError => new SimError(400, message, next);

/** Refuses a field that would otherwise be taken and then ignored. */
export function checkFields(body: Body, known: readonly string[]): void {
  const unknown = Object.keys(body).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw wrong(`There is no ${listed(unknown)} here.`, `Send only ${listed(known)}.`);
}

/** Undefined when it was not sent. */
export function wholeNumber(
  body: Body,
  name: string,
  { from, to }: { readonly from: number; readonly to: number },
): number | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to) return value;
  throw wrong(`"${name}" is no whole number from ${from} to ${to}.`, `Send for example {"${name}": ${from}}.`);
}

/** Undefined when it was not sent. */
export function oneOf<const T extends string>(body: Body, name: string, known: readonly T[]): T | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  const found = known.find((one) => one === value);
  if (found !== undefined) return found;
  throw wrong(`"${name}" is none of ${listed(known)}.`, `Send for example {"${name}": "${known[0]}"}.`);
}

/** Undefined when it was not sent. */
export function text(body: Body, name: string, longest: number): string | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (typeof value === 'string' && value.length <= longest) return value;
  throw wrong(`"${name}" is no text of up to ${longest} characters.`, `Send {"${name}": "..."}, or leave it out.`);
}

/** Undefined when it was not sent. */
export function trueOrFalse(body: Body, name: string): boolean | undefined {
  const value = body[name];
  if (value === undefined || typeof value === 'boolean') return value;
  throw wrong(`"${name}" is neither true nor false.`, `Send {"${name}": true}, or leave it out.`);
}

export function needed<T>(value: T | undefined, name: string, example: string): T {
  if (value === undefined) throw wrong(`"${name}" is missing.`, `Send for example ${example}.`);
  return value;
}
