import { byOrder, type Due, duesOf } from '../life/due.ts';
import type { Kind, State } from './state.ts';

/** Something that an object said would fall due. It may say otherwise by now. */
interface Entry {
  readonly at: number;
  readonly what: Due['what'];
  readonly kind: Kind;
  readonly id: string;
  /** The how manieth object this is, so that of two things alike the older object's comes first. */
  readonly age: number;
}

const compare = (a: Entry, b: Entry): number => a.at - b.at || byOrder(a.what, b.what) || a.age - b.age;

/** Where an entry belongs in a list that is sorted latest first. */
function placeOf(entry: Entry, entries: readonly Entry[]): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const other = entries[middle];
    if (other !== undefined && compare(other, entry) > 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * What falls due next, without looking at every object: each is looked at when it changes, and what it says is written down. An
 * entry that is not true any more is left where it is, and found out when its time has come.
 */
export function createAgenda(state: State) {
  /** Latest first, so that the next one is at the end. */
  const entries: Entry[] = [];
  const ages = new Map<string, number>();
  /** What is written down already, by object and kind of work. */
  const written = new Map<string, number>();

  const keyOf = ({ what, id }: Pick<Entry, 'what' | 'id'>): string => `${what} ${id}`;

  function ageOf(id: string): number {
    const age = ages.get(id) ?? ages.size;
    ages.set(id, age);
    return age;
  }

  /** To be called when an object was made or changed. */
  function look(kind: Kind, id: string): void {
    for (const { what, at } of duesOf(state, kind, id)) {
      if (written.get(keyOf({ what, id })) === at) continue;
      const entry: Entry = { at, what, kind, id, age: ageOf(id) };
      written.set(keyOf(entry), at);
      entries.splice(placeOf(entry, entries), 0, entry);
    }
  }

  const trueOf = ({ kind, id, at, what }: Entry): Due | undefined =>
    duesOf(state, kind, id).find((due) => due.at === at && due.what === what);

  /** The next thing; null when nothing will fall due. It may be in the past. */
  function next(): { readonly at: number; readonly due: Due; readonly entry: Entry } | null {
    for (let entry = entries.at(-1); entry !== undefined; entry = entries.at(-1)) {
      const due = trueOf(entry);
      if (due !== undefined) return { at: entry.at, due, entry };
      drop(entry);
    }
    return null;
  }

  function drop(entry: Entry): void {
    entries.pop();
    if (written.get(keyOf(entry)) === entry.at) written.delete(keyOf(entry));
  }

  for (const kind of ['subscriptions', 'invoices', 'checkoutSessions', 'paymentIntents'] as const) {
    for (const id of state.objects[kind].keys()) look(kind, id);
  }

  return {
    look,
    /** When the next thing falls due, in whole seconds; null for never. */
    nextAt: (): number | null => next()?.at ?? null,
    /** Takes out the next thing that has fallen due by a time, whose object is looked at again when it is done. */
    take(now: number): { readonly due: Due; readonly done: () => void } | null {
      const found = next();
      if (found === null || found.at > now) return null;
      drop(found.entry);
      return { due: found.due, done: () => look(found.entry.kind, found.entry.id) };
    },
  };
}
