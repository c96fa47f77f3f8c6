import { routes } from '../../../../../local/stripe/resources/all.ts';
import { expandablesIn } from '../expandable.ts';
import { stripeTruth, type Validator } from '../validator.ts';
import { ask } from './asking.ts';
import type { Visit } from './visit.ts';

/** For each route, an address that expands each id that the SDK says can be expanded, as far as there is one. */
async function expansionsOf({ world }: Visit, path: string, { truth }: Validator): Promise<string[]> {
  const schema = truth.operations[`GET ${path}`]?.answer ?? {};
  const { data = [] } = await ask(world, path.replace('/:id', '?limit=100'));
  const found = data.flatMap((object) => {
    const address = path.replace(':id', encodeURIComponent(object.id));
    return expandablesIn(schema, object, truth.definitions).map(
      (field) => [field, `${address}?expand[]=${field}`] as const,
    );
  });
  return [...new Map(found).values()];
}

/** Expands whatever Stripe can expand, once. */
export async function expanding(visit: Visit): Promise<void> {
  const truth = await stripeTruth();
  const readable = routes.filter(({ method, path }) => method === 'GET' && path.endsWith('/:id'));
  for (const { path } of readable)
    for (const address of await expansionsOf(visit, path, truth)) {
      const { error } = await ask(visit.world, address);
      if (error !== undefined) throw new Error(`${address}: ${error.message}`);
    }
}
