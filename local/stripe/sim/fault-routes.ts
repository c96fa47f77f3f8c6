import type { Trouble } from '../wire/trouble.ts';
import { checkFields, needed, oneOf, text, trueOrFalse, wholeNumber, wrong } from './body.ts';
import type { Fault, Faults } from './faults.ts';
import { type Body, SimError, type SimRoute } from './route.ts';

const FIELDS = ['method', 'path', 'status', 'reset', 'delayMs', 'when', 'times'];
const EXAMPLE = '{"method": "POST", "path": "/v1/customers", "reset": true, "when": "after", "times": 1}';
const MOST = 100;

function whatOf(body: Body): Trouble['what'] {
  const status = wholeNumber(body, 'status', { from: 400, to: 599 });
  const delayMs = wholeNumber(body, 'delayMs', { from: 1, to: 600_000 });
  const reset = trueOrFalse(body, 'reset') === true;
  const asked = [
    ...(status === undefined ? [] : [{ status }]),
    ...(delayMs === undefined ? [] : [{ delayMs }]),
    ...(reset ? [{ reset }] : []),
  ];
  if (asked.length > 1) throw wrong('A fault is one of "status", "reset" and "delayMs".', 'Send several faults.');
  return needed(asked[0], 'status", "reset" or "delayMs', EXAMPLE);
}

function pathOf(body: Body): string | null {
  const path = text(body, 'path', 500) ?? null;
  if (path === null || path.startsWith('/v1/')) return path;
  throw wrong('Only calls of the API can be broken, whose paths begin with /v1/.', `Send for example ${EXAMPLE}.`);
}

function faultOf(body: Body): Fault {
  checkFields(body, FIELDS);
  return {
    method: oneOf(body, 'method', ['GET', 'POST', 'DELETE']) ?? null,
    path: pathOf(body),
    what: whatOf(body),
    when: oneOf(body, 'when', ['before', 'after']) ?? 'before',
    times: wholeNumber(body, 'times', { from: 1, to: 1000 }) ?? 1,
  };
}

/** `POST` breaks the next calls of Stripe's API, `GET` tells which are still to be broken, `DELETE` forgets them. */
export function faultRoutes(faults: Faults): SimRoute[] {
  const view = (): object => ({
    faults: faults
      .all()
      .map(({ method, path, what, when, times }) => Object.assign({ method, path, when, times }, what)),
  });

  function add(body: Body): object {
    const fault = faultOf(body);
    if (faults.all().length >= MOST) {
      throw new SimError(409, `There are ${MOST} faults already.`, 'DELETE /_sim/faults forgets them all.');
    }
    faults.add(fault);
    return view();
  }

  function clear(): object {
    faults.clear();
    return view();
  }

  return [
    { method: 'GET', path: '/_sim/faults', answer: view },
    { method: 'POST', path: '/_sim/faults', answer: ({ body }) => add(body) },
    { method: 'DELETE', path: '/_sim/faults', answer: clear },
  ];
}
