import { routes } from '../../../../../local/stripe/resources/all.ts';
import type { Visit } from './visit.ts';

interface Listed {
  readonly id: string;
  readonly object: string;
}
/** Lists are read as far as a page goes; of the objects in them, so many are asked for by themselves. */
const SOME = 10;

const pathsOf = (wanted: (path: string) => boolean): string[] =>
  routes.filter(({ method, path }) => method === 'GET' && wanted(path)).map(({ path }) => path);

/** Reads all that the scenario has left behind: every list, each object in it, and each list that an object has. */
export async function reading({ world }: Visit): Promise<void> {
  async function get(path: string): Promise<{ data?: Listed[] }> {
    const response = await fetch(`${world.url}${path}`, { headers: { authorization: 'Bearer sk_test_x' } });
    return JSON.parse(await response.text());
  }
  for (const list of pathsOf((path) => !path.includes(':id'))) {
    const { data = [] } = await get(`${list}?limit=100`);
    for (const path of pathsOf((one) => one.startsWith(`${list}/:id`)))
      for (const { id } of data.slice(0, SOME)) await get(path.replace(':id', encodeURIComponent(id)));
  }
}
