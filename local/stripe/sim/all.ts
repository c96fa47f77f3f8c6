import type { CliListeners } from '../cli/listeners.ts';
import { createAdvance } from '../core/advance.ts';
import type { MovableClock } from '../core/clock.ts';
import type { Engine } from '../core/engine.ts';
import type { State } from '../core/state.ts';
import { NO_REQUEST } from '../core/work.ts';
import type { Courier } from '../events/courier.ts';
import type { Answerer } from '../wire/listener.ts';
import { createSim } from './api.ts';
import { cardRoutes } from './cards.ts';
import { clockRoutes } from './clock.ts';
import { deliveryRoutes } from './deliveries.ts';
import { faultRoutes } from './fault-routes.ts';
import { keyRoutes } from './key-routes.ts';
import type { KeyRing } from '../wire/key-ring.ts';
import type { Faults } from './faults.ts';
import { settingsRoutes } from './settings.ts';

export interface TroubleSettings {
  readonly state: State;
  readonly clock: MovableClock;
  readonly engine: Engine;
  readonly courier: Courier;
  readonly cli: CliListeners;
  readonly faults: Faults;
  readonly keys: KeyRing;
  readonly log: (line: string) => void;
  /** Another number whenever anything may have changed. */
  readonly version: () => number;
}

const earlier = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);

/** All that is answered under `/_sim/`. */
export function createTrouble(settings: TroubleSettings): Answerer {
  const { state, clock, engine, courier, cli, faults, keys, log, version } = settings;
  const nextDue = (): number | null => earlier(engine.nextDue(), courier.nextAttempt());
  const advance = createAdvance({
    clock,
    nextDue,
    catchUp: (now) => engine.catchUp(now),
    settle: () => courier.settle(),
    moved: () => courier.rearm(),
  });
  return createSim(
    [
      ...clockRoutes({ clock, nextDue, advance }),
      ...deliveryRoutes({ state, courier, cli }),
      ...faultRoutes(faults),
      ...keyRoutes(keys),
      ...settingsRoutes(state),
      ...cardRoutes((customer) => engine.begin(NO_REQUEST, [customer])),
      { method: 'GET', path: '/_sim/version', answer: () => ({ version: version() }) },
    ],
    log,
  );
}
