import { routes } from '../../../../../local/stripe/resources/all.ts';
import { ask } from './asking.ts';
import type { Visit } from './visit.ts';

/** Lists are read as far as a page goes; of the objects in them, so many are asked for by themselves. */
const SOME = 10;

const pathsOf = (wanted: (path: string) => boolean): string[] =>
  routes.filter(({ method, path }) => method === 'GET' && wanted(path)).map(({ path }) => path);

/** Reads all that the scenario has left behind: every list, objects in it, and each list that an object has. */
export async function reading({ world }: Visit): Promise<void> {
  for (const list of pathsOf((path) => !path.includes(':id'))) {
    const { data = [] } = await ask(world, `${list}?limit=100`);
    for (const path of pathsOf((one) => one.startsWith(`${list}/:id`)))
      for (const { id } of data.slice(0, SOME)) await ask(world, path.replace(':id', encodeURIComponent(id)));
  }
}
