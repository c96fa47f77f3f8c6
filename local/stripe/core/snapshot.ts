import { emptyState, type State } from './state.ts';

/** The simulator's own clock and address at that moment, beside all that it knows. */
export interface Snapshot {
  readonly ahead: number;
  readonly url: string;
  readonly state: State;
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** Names all that a state has: a snapshot of another version of the simulator has other names, and is not taken. */
const shapeOf = (state: State): string =>
  [state, state.objects, state.settings]
    .flatMap(Object.keys)
    .toSorted((a, b) => a.localeCompare(b))
    .join(' ');

/** JSON has neither maps nor sets. Stripe's own objects have no field of these names. */
const withoutMaps = (_key: string, value: unknown): unknown => {
  if (value instanceof Map) return { $map: [...value] };
  return value instanceof Set ? { $set: [...value] } : value;
};
const withMaps = (_key: string, value: unknown): unknown => {
  if (!isFields(value)) return value;
  if (Array.isArray(value['$map'])) return new Map(value['$map']);
  return Array.isArray(value['$set']) ? new Set(value['$set']) : value;
};

/** One line of JSON. */
export const writeSnapshot = ({ ahead, url, state }: Snapshot): string =>
  JSON.stringify({ shape: shapeOf(state), ahead, url, state }, withoutMaps);

/** @throws Error when this version of the simulator cannot go on from there */
export function checkSnapshot(text: string): void {
  if (!isSnapshot(text)) throw new Error('This is no snapshot of this version of the Stripe simulator.');
}

/** Whether this version of the simulator can go on from there. */
export function isSnapshot(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) && value['shape'] === shapeOf(emptyState());
  } catch {
    return false;
  }
}

function fill(target: object, source: Fields): void {
  for (const [name, value] of Object.entries(source)) {
    const own: unknown = Reflect.get(target, name);
    if (own instanceof Map && value instanceof Map) for (const [key, one] of value) own.set(key, one);
    else if (own instanceof Set && value instanceof Set) for (const one of value) own.add(one);
    else if (name === 'objects' && isFields(own) && isFields(value)) fill(own, value);
    else Reflect.set(target, name, value);
  }
}

/** The port has to end where it ends: another may begin like it. */
function moved(text: string, before: unknown, url: string): string {
  if (typeof before !== 'string' || !/^http:\/\/127\.0\.0\.1:\d+$/.test(before)) return text;
  return text.replaceAll(new RegExp(`${before.replaceAll('.', '\\.')}(?!\\d)`, 'g'), url);
}

/**
 * Puts what a snapshot knows into an empty state. Pages that it names are at the new address now; CLIs that listened then do not listen any more.
 *
 * @param url the simulator's address now @returns by how many seconds the clock was ahead
 */
export function restoreSnapshot(text: string, state: State, url: string): number {
  checkSnapshot(text);
  const { url: before }: { url: unknown } = JSON.parse(text);
  const { ahead, state: known }: { ahead: unknown; state: unknown } = JSON.parse(moved(text, before, url), withMaps);
  if (isFields(known)) fill(state, known);
  state.cliSessions.clear();
  return typeof ahead === 'number' ? ahead : 0;
}
