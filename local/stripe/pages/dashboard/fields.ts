type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** What stands at a path in an object of an event, whose type nothing tells; undefined when there is nothing. */
export const valueAt = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce((inner, name) => (isFields(inner) ? inner[name] : undefined), value);

export function textAt(value: unknown, ...path: readonly string[]): string | null {
  const found = valueAt(value, ...path);
  return typeof found === 'string' ? found : null;
}

export function numberAt(value: unknown, ...path: readonly string[]): number | null {
  const found = valueAt(value, ...path);
  return typeof found === 'number' ? found : null;
}

/** Whether a field stands there, whatever its value: what changed is told by its old value, which may be null. */
export function has(value: unknown, name: string): boolean {
  return isFields(value) && Object.hasOwn(value, name);
}
