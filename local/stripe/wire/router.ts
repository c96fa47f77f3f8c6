import type { Work } from '../core/work.ts';
import type { Form } from './form.ts';
import { list, type Parsed, readParams, type Shape, text } from './params.ts';

export interface Call<P> {
  readonly work: Work;
  /** The `:id` of the path; empty when the path has none. */
  readonly id: string;
  readonly params: P;
}
interface Prepared {
  readonly expand: readonly string[];
  readonly run: (work: Work) => object;
}
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly shape: Shape;
  /** Reads the parameters; only then is there something to run. */
  readonly prepare: (form: Form, id: string) => Prepared;
}

/** Declares one route of the API: its method, path, parameters (every route takes `expand[]` as well), and what it answers. */
export function route<S extends Shape>(
  method: Route['method'],
  path: string,
  shape: S,
  answer: (call: Call<Parsed<S>>) => object,
): Route {
  const expandShape = { expand: list(text(), 20) };
  return {
    method,
    path,
    shape,
    prepare: (form, id) => {
      const own = new Map([...form].filter(([key]) => key !== 'expand'));
      const expand = readParams(expandShape, new Map([...form].filter(([key]) => key === 'expand'))).expand ?? [];
      const params = readParams(shape, own);
      return { expand, run: (work) => answer({ work, id, params }) };
    },
  };
}

const segmentsOf = (path: string): string[] => path.split('/').filter((segment) => segment !== '');

/** An id as it was before it was written into an address; one that was written wrongly is nobody's id. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function idIn(pattern: readonly string[], path: readonly string[]): string | null {
  if (pattern.length !== path.length) return null;
  const matches = pattern.every((segment, index) => segment === ':id' || segment === path[index]);
  return matches ? decoded(path[pattern.indexOf(':id')] ?? '') : null;
}

/** Finds the route of a request. A literal segment wins over `:id`, so that routes may stand in any order. */
export function createRouter(routes: readonly Route[]) {
  const known = routes.map((candidate) => ({ route: candidate, pattern: segmentsOf(candidate.path) }));
  const sorted = known.toSorted((a, b) => Number(a.pattern.includes(':id')) - Number(b.pattern.includes(':id')));
  return (method: string, path: string): { route: Route; id: string } | null => {
    const segments = segmentsOf(path);
    for (const candidate of sorted) {
      const id = candidate.route.method === method ? idIn(candidate.pattern, segments) : null;
      if (id !== null) return { route: candidate.route, id };
    }
    return null;
  };
}
