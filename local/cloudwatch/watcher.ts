import { every, type Timer } from '../events/schedule.ts';
import { evaluate, type AlarmDefinition, type AlarmState } from './alarm.ts';
import type { Metrics } from './metrics.ts';

/** An alarm that went from one state to another. */
export interface AlarmChange {
  readonly name: string;
  readonly description: string;
  readonly state: AlarmState;
  readonly before: AlarmState;
}

export interface Watcher {
  /** Looks after an alarm from now on. `tell` does what the template says is to be done. */
  add(alarm: AlarmDefinition, tell: (change: AlarmChange) => void): void;
  stop: () => void;
}

/** CloudWatch looks once a minute; here somebody is waiting to see it. Milliseconds. */
const EVERY_MS = 2_000;

interface Watched {
  readonly alarm: AlarmDefinition;
  readonly tell: (change: AlarmChange) => void;
  state: AlarmState;
}

/** Looks at every alarm again and again, as soon as there is one. */
export function startWatcher(metrics: Metrics, minute: () => number, timer: Timer): Watcher {
  const all: Watched[] = [];
  const look = (): void => {
    metrics.look();
    for (const each of all) change(each, evaluate(each.alarm, each.state, metrics, minute()));
  };
  let stop: (() => void) | undefined;
  return {
    add: (alarm, tell) => {
      all.push({ alarm, tell, state: 'INSUFFICIENT_DATA' });
      stop ??= every(EVERY_MS, look, timer);
    },
    stop: () => stop?.(),
  };
}

function change(watched: Watched, state: AlarmState): void {
  const { alarm, tell, state: before } = watched;
  if (state === before) return;
  watched.state = state;
  tell({ name: alarm.name, description: alarm.description, state, before });
}
