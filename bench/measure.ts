import type { Group, GroupName } from './figure.ts';

type Measure = (functions: string) => Promise<Group>;

/** Each is loaded alone, so that none runs in what another needs. */
const measures: Readonly<Record<GroupName, () => Promise<Measure>>> = {
  warm: async () => (await import('./warm.ts')).warm,
};

/*
 * One group, in a process of its own whose output goes nowhere: the functions write their log to it. Started by bench/main.ts
 * with the group's name and the folder of the bundles that are shipped.
 */
const [name = '', functions = ''] = process.argv.slice(2);
const load = Object.entries(measures).find(([group]) => group === name)?.[1];
if (load === undefined) throw new Error(`There is no group ${name}.`);
const measure = await load();
process.send?.(await measure(functions), () => process.exit());
