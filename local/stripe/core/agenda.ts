import { byOrder, type Due, duesOf } from '../life/due.ts';
import type { Kind, State } from './state.ts';

/** Something that an object said would fall due. It may say otherwise by now. */
interface Entry extends Pick<Due, 'at' | 'what' | 'clock'> {
  readonly kind: Kind;
  readonly id: string;
  /** The how manieth object this is, so that of two things alike the older object's comes first. */
  readonly age: number;
}

/** A thing that has fallen due, and what is to be called when it is done. */
interface Taken {
  readonly due: Due;
  /** The object that it is about. */
  readonly id: string;
  readonly done: () => void;
}

const WITH_DUES = ['subscriptions', 'invoices', 'checkoutSessions', 'paymentIntents', 'testClocks'] as const;

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
 * What falls due next, in the account's own time and in that of each test clock, without looking at every object: each is
 * looked at when it changes, and what it says is written down. An entry that is not true any more is left where it is, and
 * found out when its time has come.
 */
export function createAgenda(state: State) {
  /** By clock; each latest first, so that the next one is at the end. */
  const times = new Map<string | null, Entry[]>();
  const ages = new Map<string, number>();
  /** What is written down already, by object and kind of work. */
  const written = new Map<string, number>();

  const keyOf = ({ what, id }: Pick<Entry, 'what' | 'id'>): string => `${what} ${id}`;

  function ageOf(id: string): number {
    const age = ages.get(id) ?? ages.size;
    ages.set(id, age);
    return age;
  }

  function write(entry: Entry): void {
    const entries = times.get(entry.clock) ?? [];
    times.set(entry.clock, entries);
    written.set(keyOf(entry), entry.at);
    entries.splice(placeOf(entry, entries), 0, entry);
  }

  /** To be called when an object was made or changed. */
  function look(kind: Kind, id: string): void {
    for (const { what, at, clock } of duesOf(state, kind, id)) {
      if (written.get(keyOf({ what, id })) !== at) write({ at, what, clock, kind, id, age: ageOf(id) });
    }
  }

  function drop(entry: Entry): void {
    times.get(entry.clock)?.pop();
    if (written.get(keyOf(entry)) === entry.at) written.delete(keyOf(entry));
  }

  const trueOf = ({ kind, id, at, what }: Entry): Due | undefined =>
    duesOf(state, kind, id).find((due) => due.at === at && due.what === what);

  function next(clock: string | null): { readonly due: Due; readonly entry: Entry } | null {
    const entries = times.get(clock) ?? [];
    for (let entry = entries.at(-1); entry !== undefined; entry = entries.at(-1)) {
      const due = trueOf(entry);
      if (due !== undefined) return { due, entry };
      drop(entry);
    }
    return null;
  }

  for (const kind of WITH_DUES) for (const id of state.objects[kind].keys()) look(kind, id);

  return {
    look,
    /** When the next thing falls due by a clock, in whole seconds; null for never. It may be in the past. */
    nextAt: (clock: string | null = null): number | null => next(clock)?.due.at ?? null,
    /** Takes out the next thing that has fallen due by a time; its object is looked at again when it is done. */
    take(now: number, clock: string | null = null): Taken | null {
      const found = next(clock);
      if (found === null || found.due.at > now) return null;
      const { kind, id } = found.entry;
      drop(found.entry);
      return { due: found.due, id, done: () => look(kind, id) };
    },
  };
}
