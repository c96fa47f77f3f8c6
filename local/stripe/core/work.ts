import type Stripe from 'stripe';
import { previousAttributes } from './changes.ts';
import { newId } from './ids.ts';
import type { Kind, Objects, State, StoredEvent } from './state.ts';

type EventType = Stripe.Event.Type;

/** The API request that caused a change, as its events tell; both null when time or a person on a page did. */
export interface Cause {
  readonly id: string | null;
  readonly idempotency_key: string | null;
}
export const NO_REQUEST: Cause = { id: null, idempotency_key: null };

/** The version of the API that every object here has, and the only one the simulator speaks: that of the pinned SDK. */
export const API_VERSION = '2026-10-28.endive';

/**
 * One piece of work: an API call, a page's form, or something that fell due. Its time stands still, and every change and
 * every event goes through it, so that no change can forget its event.
 */
export interface Work {
  readonly state: State;
  /** Whole seconds; the time at which all of this work happens: for what belongs to a test clock, the clock's frozen time. */
  readonly now: number;
  /** The account's own time, by which payments, sessions and events go, whatever clock their customer is on. */
  readonly accountNow: number;
  /** The simulator's own address, without a trailing slash. */
  readonly url: string;
  /**
   * Stores an object, new or changed, and emits its event. An `updated` event tells the previous attributes and is not
   * emitted when nothing differs.
   */
  save<K extends Kind>(kind: K, object: Objects[K], event: EventType | null): Objects[K];
  emit(type: EventType, object: object, previous?: object): void;
}

export interface WorkSettings {
  readonly state: State;
  readonly url: string;
  readonly now: number;
  readonly accountNow: number;
  readonly cause: Cause;
  /** Told of each object that was stored. */
  readonly onSave: (kind: Kind, id: string) => void;
  /** Told of each event, once it is stored. */
  readonly onEvent: (event: StoredEvent) => void;
}

export function beginWork({ state, url, now, accountNow, cause, onSave, onEvent }: WorkSettings): Work {
  function emit(type: EventType, object: object, previous?: object): void {
    const event: StoredEvent = {
      id: newId('evt'),
      object: 'event',
      api_version: API_VERSION,
      created: accountNow,
      // An event shows its object as it was: a copy, so that nothing done later can reach it.
      data: { object: structuredClone(object), ...(previous && { previous_attributes: previous }) },
      livemode: false,
      request: cause,
      type,
    };
    state.events.set(event.id, event);
    if (now !== accountNow) state.clockTimes.set(event.id, now);
    onEvent(event);
  }

  function save<K extends Kind>(kind: K, object: Objects[K], event: EventType | null): Objects[K] {
    const objects: Map<string, Objects[K]> = state.objects[kind];
    const before = objects.get(object.id);
    objects.set(object.id, object);
    onSave(kind, object.id);
    if (event === null) return object;
    const previous = before === undefined ? {} : previousAttributes(before, object);
    if (!event.endsWith('.updated')) emit(event, object);
    else if (Object.keys(previous).length > 0) emit(event, object, previous);
    return object;
  }

  return { state, now, accountNow, url, save, emit };
}
