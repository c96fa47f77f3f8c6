import type { Build } from '../lib/bundle/bundle.ts';
import type { Group, GroupName } from './figure.ts';

type Measure = (build: Build) => Promise<Group>;

/** Each is loaded alone, so that none runs in what another needs. */
const measures: Readonly<Record<GroupName, () => Promise<Measure>>> = {
  cold: async () => (await import('./cold-start/group.ts')).cold,
  warm: async () => (await import('./warm.ts')).warm,
  load: async () => (await import('./load.ts')).load,
  costs: async () => (await import('./costs.ts')).costs,
  growth: async () => (await import('./growth.ts')).growth,
};

/*
 * One group, in a process of its own whose output goes nowhere: the functions write their log to it. Started by bench/run.ts
 * with the group's name and where that is which is shipped.
 */
// Ctrl-C ends whoever started it.
process.on('disconnect', () => process.exit());
const [name = '', built = ''] = process.argv.slice(2);
const load = Object.entries(measures).find(([group]) => group === name)?.[1];
if (load === undefined) throw new Error(`There is no group ${name}.`);
const measure = await load();
const build: Build = JSON.parse(built);
process.send?.(await measure(build), () => process.exit());
