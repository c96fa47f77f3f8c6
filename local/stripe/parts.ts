import type Stripe from 'stripe';
import { type CliListeners, createCliListeners } from './cli/listeners.ts';
import { type Clock, type MovableClock, movableClock, systemClock } from './core/clock.ts';
import { emptyState, type State, type StoredEvent } from './core/state.ts';
import { type Courier, createCourier } from './events/courier.ts';
import { eventView } from './events/view.ts';
import { createFaults, type Faults } from './sim/faults.ts';
import { createKeyRing, type KeyRing } from './wire/key-ring.ts';

export interface PartsSettings {
  readonly log: (line: string) => void;
  readonly retryAfter?: readonly number[] | undefined;
  readonly clock?: Clock | undefined;
  readonly onChange?: (() => void) | undefined;
  readonly onEvent?: ((event: Stripe.EventBase) => void) | undefined;
}

/** What there is of a simulator before it has an address. */
export interface Parts {
  readonly log: (line: string) => void;
  readonly clock: MovableClock;
  readonly state: State;
  readonly courier: Courier;
  readonly cli: CliListeners;
  readonly faults: Faults;
  readonly keys: KeyRing;
  /** To be called with each event: whoever is to be told of it is told. */
  readonly tell: (event: StoredEvent) => void;
  /** To be called when something may have changed that nobody was told of. */
  readonly changed: () => void;
  /** To be called when somebody has only looked: what fell due by that is told by its events. */
  readonly looked: () => void;
  /** Another number whenever anything may have changed. */
  readonly version: () => number;
}

export function createParts(settings: PartsSettings): Parts {
  const { log, retryAfter, onChange = () => {}, onEvent = () => {} } = settings;
  const clock = movableClock(settings.clock ?? systemClock());
  const state = emptyState();
  let version = 0;
  const changed = (): void => {
    version += 1;
    onChange();
  };
  const courier = createCourier({ state, clock, log, retryAfter, onChange: changed });
  const cli = createCliListeners({ state, clock, log });
  const tell = (event: StoredEvent): void => {
    courier.dispatch(event);
    changed();
    cli.dispatch(event);
    onEvent(eventView(state, event));
  };
  return {
    log,
    clock,
    state,
    courier,
    cli,
    faults: createFaults(),
    keys: createKeyRing(),
    tell,
    changed,
    looked: onChange,
    version: () => version,
  };
}
