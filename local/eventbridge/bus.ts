import type { Json, JsonObject } from '../template/json.ts';

/** An event as rules and their targets see it. */
export interface BusEvent extends JsonObject {
  version: '0';
  id: string;
  'detail-type': string;
  source: string;
  account: string;
  /** ISO 8601, in whole seconds. */
  time: string;
  region: string;
  resources: Json[];
  detail: JsonObject;
}

type Listener = (event: BusEvent) => void;

export interface Bus {
  name: string;
  arn: string;
  /** Hears every event from now on. */
  subscribe(listener: Listener): void;
  put(event: BusEvent): void;
}

export interface Buses {
  create(name: string): Bus;
  /** By its name or its ARN. */
  find(bus: string): Bus | undefined;
}

/**
 * The event buses of the account in its region, the `default` one among them.
 *
 * @param arnPrefix `arn:aws:events:<region>:<account>:`
 * @param onEvent told of everything that is put on any of them
 */
export function eventBuses(arnPrefix: string, onEvent: (bus: Bus, event: BusEvent) => void): Buses {
  const buses = new Map<string, Bus>();
  const create = (name: string): Bus => {
    const listeners: Listener[] = [];
    const bus: Bus = {
      name,
      arn: `${arnPrefix}event-bus/${name}`,
      subscribe: (listener) => void listeners.push(listener),
      put: (event) => {
        onEvent(bus, event);
        for (const listener of listeners) listener(event);
      },
    };
    buses.set(name, bus);
    return bus;
  };
  create('default');
  return { create, find: (wanted) => [...buses.values()].find(({ name, arn }) => wanted === name || wanted === arn) };
}
