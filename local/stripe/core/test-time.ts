import type Stripe from 'stripe';
import type { Engine } from './engine.ts';
import type { State, StoredEvent } from './state.ts';
import { NO_REQUEST } from './work.ts';

type TestClock = Stripe.TestHelpers.TestClock;

export interface TestTimeSettings {
  readonly state: State;
  readonly engine: Engine;
  /** Resolves once each webhook that is due has been tried. */
  readonly settle: () => Promise<void>;
  readonly log: (line: string) => void;
}

const targetOf = ({ status_details: details }: TestClock): number => details.advancing?.target_frozen_time ?? 0;

/**
 * Advances test clocks, each by itself and beside the account's own time. It stops at each moment at which something falls due,
 * and goes on when the webhooks of that moment have been tried.
 */
export function createTestTime({ state, engine, settle, log }: TestTimeSettings) {
  let stopped = false;

  /** As long as it is there and on its way, and so is the simulator. */
  function advancing(id: string): TestClock | undefined {
    if (stopped) return undefined;
    const clock = state.objects.testClocks.get(id);
    return clock?.status === 'advancing' ? clock : undefined;
  }

  const keep = (clock: TestClock, event: 'test_helpers.test_clock.ready' | null): unknown =>
    engine.begin(NO_REQUEST).save('testClocks', clock, event);

  async function run(id: string): Promise<void> {
    for (let clock = advancing(id); clock !== undefined; clock = advancing(id)) {
      const next = engine.nextDue(id);
      if (next === null || next > targetOf(clock)) {
        const there: TestClock = { ...clock, frozen_time: targetOf(clock), status: 'ready', status_details: {} };
        keep(there, 'test_helpers.test_clock.ready');
        return;
      }
      keep({ ...clock, frozen_time: next }, null);
      engine.catchUpOn(id, next);
      await settle();
    }
  }

  /** Stripe's word for a clock that got stuck: it can be looked at and deleted, and goes nowhere any more. */
  function stuck(id: string, error: unknown): void {
    log(`test clock ${id} failed: ${(error instanceof Error && error.stack) || String(error)}`);
    const clock = advancing(id);
    if (clock !== undefined) keep({ ...clock, status: 'internal_failure' }, null);
  }

  /** Begins as soon as whoever asked for it has been answered. */
  function begin(id: string): void {
    setImmediate(() => {
      run(id).catch((error: unknown) => stuck(id, error));
    });
  }

  return {
    /** To be told of each event: of those that a clock is on its way, too. */
    hear({ type, data: { object } }: StoredEvent): void {
      if (type === 'test_helpers.test_clock.advancing' && 'id' in object) begin(String(object.id));
    },
    /** After a restart: those that were on their way go on. */
    resume(): void {
      for (const id of state.objects.testClocks.keys()) if (advancing(id)) begin(id);
    },
    /** Wherever a clock is then, it stays on its way. */
    stop(): void {
      stopped = true;
    },
  };
}
