/** What stands at `path` in parsed JSON of which nothing is sure; undefined when it is not there. Own fields only. */
export function at(json: unknown, ...path: readonly string[]): unknown {
  let value = json;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    const next: unknown = Reflect.get(value, name);
    value = next;
  }
  return value;
}

/** An id as Stripe makes them. It goes into paths and keys, where anything else could mean something else. */
export const isId = (value: unknown): value is string => typeof value === 'string' && /^\w{1,255}$/.test(value);
