import { checkFields, needed, text, trueOrFalse, wrong } from './body.ts';
import type { KeyRing } from '../wire/key-ring.ts';
import { type Body, SimError, type SimRoute } from './route.ts';

const EXAMPLE = '{"key": "sk_test_...", "expired": true}';
/** Of keys, and of paths of one. */
const MOST = 100;

function pathsOf({ without = [] }: Body): readonly string[] {
  if (Array.isArray(without) && without.length <= MOST && without.every(isPath)) return without;
  throw wrong('"without" is no list of paths of the API.', 'Send for example {"without": ["/v1/customers"]}.');
}

const isPath = (path: unknown): path is string => typeof path === 'string' && /^\/v1\/[a-z_/]{1,100}$/.test(path);

/** What the dashboard does to keys: `POST` has one expire, or takes rights from a restricted one. What is not sent is undone. */
export function keyRoutes(keys: KeyRing): SimRoute[] {
  function change(body: Body): object {
    checkFields(body, ['key', 'expired', 'without']);
    const key = needed(text(body, 'key', 250), 'key', EXAMPLE);
    const state = { expired: trueOrFalse(body, 'expired') ?? false, without: pathsOf(body) };
    if (!/^(sk|rk|pk)_test_\w+$/.test(key)) throw wrong('"key" is no test key.', `Send for example ${EXAMPLE}.`);
    if (state.without.length > 0 && !key.startsWith('rk_'))
      throw wrong('Only a restricted key (rk_test_...) lacks rights.', `Send for example ${EXAMPLE}.`);
    if (keys.size() >= MOST) throw new SimError(409, `Something was done to ${MOST} keys already.`, 'Start it again.');
    keys.set(key, state);
    return state;
  }

  return [{ method: 'POST', path: '/_sim/keys', answer: ({ body }) => change(body) }];
}
