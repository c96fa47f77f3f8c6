type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * What an `updated` event tells under `previous_attributes`: for each field that changed, its old value; of hashes only the
 * fields that changed, of arrays the whole. A field that was not there before is null.
 */
export function previousAttributes(before: object, after: object): Record<string, unknown> {
  const old: Fields = { ...before };
  const changed = Object.entries(after).filter(([key, value]) => !same(old[key], value));
  const gone = Object.keys(old).filter((key) => !Object.hasOwn(after, key));
  return Object.fromEntries([
    ...changed.map(([key, value]) => [key, previousValue(old[key], value)]),
    ...gone.map((key) => [key, old[key]]),
  ]);
}

function previousValue(before: unknown, after: unknown): unknown {
  if (isFields(before) && isFields(after)) return previousAttributes(before, after);
  return before ?? null;
}
