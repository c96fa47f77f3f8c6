import { setting } from './shared/env.ts';
import { route, type HttpEvent } from './shared/http.ts';
import { Problem } from './shared/problem.ts';

/** `GET /api/config,POST /api/checkout,...`: every route there is, written by the stack from its own list. */
const routes = setting('ROUTES')
  .split(',')
  .map((key) => {
    const [method = '', path = ''] = key.split(' ');
    return { method, path: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`) };
  });

/** `$default`: whatever no route takes. */
export const handler = route(async (event) => {
  throw refusal(event);
});

function refusal(event: HttpEvent): Problem {
  const methods = routes.filter(({ path }) => path.test(event.rawPath)).map(({ method }) => method);
  if (methods.length === 0) return new Problem(404, 'not_found', 'There is nothing at this address.');
  const allow = methods.join(', ');
  return new Problem(405, 'method_not_allowed', `This address takes ${allow}.`, { headers: { allow } });
}
