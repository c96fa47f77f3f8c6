import type { AlarmChange } from './cloudwatch/watcher.ts';
import type { BusEvent } from './eventbridge/bus.ts';
import type { Timer } from './events/schedule.ts';
import type { Stored } from './keep.ts';
import type { ResourceReport } from './resources/report.ts';

export interface StackOptions extends RunOptions {
  /** Folder of the cloud assembly, as `cdk synth` writes it. */
  assembly: string;
}

export interface RunOptions {
  /** The site's port; 0 for a free one. */
  port: number;
  /** Added to every function's environment, as Lambda adds its own. */
  environment?: Record<string, string>;
  /** Addresses that a template names as they are in the world, and what stands for them here. @default - none */
  addresses?: Readonly<Record<string, string>>;
  /** Gets functions' console lines, access lines and refusals. */
  log?: (line: string) => void;
  /**
   * By how many whole seconds the functions' clock is ahead of this machine's, in memory shared with their workers. All
   * else stays in the machine's time: sign-ins do not run out because a month was skipped.
   * @default - the functions live in the machine's time too
   */
  clockAhead?: Int32Array;
  /**
   * What its secrets and custom resources were in an earlier life, which are then made as they were. Those that the template has no more
   * are gone. (Tables get theirs by `restore`, once they stand.) @default - there was none
   */
  earlier?: Pick<Stored, 'secrets' | 'customResources'> | undefined;
  /** Told whenever something may have changed that `dump` would tell. */
  onChange?: () => void;
  /** Told of every event that is put on a bus. */
  onEvent?: (event: BusEvent) => void;
  /** Told of every alarm that changes its state. */
  onAlarm?: (change: AlarmChange) => void;
  /** Told of each resource as it is created. */
  onResource?: (report: ResourceReport) => void;
  /** By logical id, the ports that a resource has in this life; added to, and what stands there already is taken again. */
  ports?: Map<string, number>;
  /** What schedules wait with, retries, and whoever looks at the alarms. @default - setTimeout */
  timer?: Timer;
  /** The time by which metrics and alarms go, in milliseconds since 1970. @default - Date.now */
  now?: () => number;
}
