/** Reads what somebody wrote into a JSON file; each throws an Error that says what was expected at the place `where`. */

export function record(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new Error(`${where}: expected an object`);
  return Object.fromEntries(Object.entries(value));
}

export function text(value: unknown, where: string): string {
  if (typeof value !== 'string' || value === '') throw new Error(`${where}: expected a text`);
  return value;
}

/** An object whose values are texts. */
export const texts = (value: unknown, where: string): Record<string, string> =>
  Object.fromEntries(Object.entries(record(value, where)).map(([key, each]) => [key, text(each, `${where}, ${key}`)]));

export function list(value: unknown, where: string): string[] {
  if (!Array.isArray(value) || value.length === 0) throw new Error(`${where}: expected a list`);
  return value.map((each) => text(each, where));
}
