import { check, type Difference, type How, type Which } from './property.ts';
import { rehearse } from './rehearse.ts';
import { createWorld } from './world.ts';

/** What a process is told to do: live these histories. */
export interface Task {
  readonly seeds: readonly number[];
  readonly shrink: number;
}

/** What became of one. */
export interface Result {
  readonly difference: Difference | null;
}

/** The functions' logs would be most of what is seen, and the stacks of errors that are expected much of the work. */
function silence(): void {
  Error.stackTraceLimit = 0;
  Object.assign(console, { log: () => {}, info: () => {}, warn: () => {}, error: () => {} });
}

/** A world in this very process, and how histories are lived in it. */
export async function openWorld(bundle: string) {
  silence();
  const world = await createWorld(bundle);
  await rehearse(world);
  return (which: Which, how: How) => check(world, which, how);
}

/** Serves the process that started this one: tasks in, results out, until it goes away. */
export async function serveTasks(bundle: string, send: (message: Result | 'more') => void): Promise<void> {
  const live = await openWorld(bundle);
  process.on('disconnect', () => process.exit());
  const work = async ({ seeds, shrink }: Task): Promise<void> => {
    for (const seed of seeds) send({ difference: (await live({ seed }, { shrink })) ?? null });
    send('more');
  };
  process.on('message', (task: Task) => void work(task));
  send('more');
}
