/** A route of an HTTP API, such as `GET /api/checkout/{sessionId}`, `ANY /files/{proxy+}` or `$default`. */
export interface RouteKey {
  key: string;
  /** `ANY` for every method. */
  method: string;
  segments: string[];
}

export interface Match<T> {
  route: T;
  parameters: Record<string, string>;
}

export function parseRouteKey(key: string): RouteKey {
  const [method = '', path = ''] = key.split(' ');
  return { key, method, segments: path.split('/').slice(1) };
}

/**
 * The route for a request, by API Gateway's order: the most specific path first (a literal before `{name}`, both before
 * `{name+}`), a named method before ANY, and `$default` when nothing else fits. `given` are the path's decoded parts.
 */
export function matchRoute<T extends { route: RouteKey }>(
  routes: T[],
  method: string,
  given: string[],
): Match<T> | undefined {
  const fitting = routes
    .filter(({ route }) => route.method === method || route.method === 'ANY')
    .flatMap((candidate) => {
      const parameters = fit(candidate.route.segments, given);
      return parameters === undefined ? [] : [{ route: candidate, parameters }];
    })
    .sort((left, right) => compare(left.route.route, right.route.route));
  const fallback = routes.find(({ route }) => route.key === '$default');
  return fitting[0] ?? (fallback === undefined ? undefined : { route: fallback, parameters: {} });
}

/** The path parameters, or undefined when the path is not this route's. */
function fit(wanted: string[], given: string[]): Record<string, string> | undefined {
  const greedy = wanted.at(-1)?.endsWith('+}') === true;
  if (greedy ? given.length < wanted.length : given.length !== wanted.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const [, name, plus] = /^\{([^+}]+)(\+?)\}$/.exec(segment) ?? [];
    const value = plus === '+' ? given.slice(index).join('/') : given[index];
    if (name === undefined ? value !== segment : value === undefined || value === '') return undefined;
    if (name !== undefined && value !== undefined) parameters[name] = value;
  }
  return parameters;
}

function compare(left: RouteKey, right: RouteKey): number {
  const byPath = rank(left).localeCompare(rank(right));
  return byPath === 0 ? Number(left.method === 'ANY') - Number(right.method === 'ANY') : byPath;
}

function rank({ segments }: RouteKey): string {
  return segments.map((segment) => (segment.endsWith('+}') ? '2' : segment.startsWith('{') ? '1' : '0')).join('');
}
