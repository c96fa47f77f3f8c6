import { cut, type Answer, type Wanted } from './exchange.ts';
import type { Invocation, Invocations } from './invocations.ts';
import type { Carry } from './network.ts';

/**
 * What happens to one call of a function. `reset`: the connection breaks, before or after the call had its effect, or
 * while it is still on its way (`late`). `killed`: the same, but the function itself never continues. `slow`: whatever
 * else can go on goes on first, before the call has its effect or before its answer comes.
 */
export const FAULTS = [
  'none',
  'reset before',
  'reset after',
  'reset late',
  'failed',
  'throttled',
  'slow before',
  'slow after',
  'killed before',
  'killed after',
  'killed late',
] as const;
export type Fault = (typeof FAULTS)[number];

/** A kind of calls that are all slow, or none. */
export const SLOWEST = [null, null, null, 'UpdateItem', 'GetItem', 'GET /v1/subscriptions'] as const;
export type Slowest = (typeof SLOWEST)[number];

/** A call that waits until it may go on. */
export interface Turn {
  readonly name: () => string;
  readonly go: () => void;
}

/**
 * Between the functions and what they call. Each call stops twice, before it has its effect and before its answer comes
 * back, and goes on when its turn comes: one at a time, so that a history decides the order of everything.
 */
export function createWire(invocations: Invocations) {
  let faults: Fault[] = [];
  let waiting: Turn[] = [];
  let slow: Turn[] = [];
  let slowest: Slowest = null;
  let underWay = 0;

  const turn = (name: () => string, isSlow = false): Promise<void> =>
    new Promise((go) => {
      (isSlow ? slow : waiting).push({ name, go });
    });

  async function happen(effect: () => Promise<Answer>): Promise<Answer> {
    underWay += 1;
    try {
      return await effect();
    } finally {
      underWay -= 1;
    }
  }

  function nextFault(wanted: Wanted): Fault {
    const fault = faults.shift() ?? 'none';
    return fault === 'none' && slowest && callName(wanted).startsWith(slowest) ? 'slow before' : fault;
  }

  async function cross(wanted: Wanted, { name, effect, invocation }: Crossing): Promise<Answer> {
    const { fault, when } = faultOf(nextFault(wanted));
    const slow = fault === 'slow' ? when : undefined;
    await turn(() => `${name()} asks${fault ? ` (${when ? `${fault} ${when}` : fault})` : ''}`, slow === 'before');
    if (fault === 'failed' || fault === 'throttled') return errorAnswer(fault, wanted);
    if (when === 'late') void turn(() => `${name()} arrives late`).then(() => happen(effect));
    const answer = when === undefined || when === 'after' || slow ? await happen(effect) : undefined;
    if (answer) await turn(() => `${name()} answers ${answer.status}${fault ? ` (${fault})` : ''}`, slow === 'after');
    if (fault === 'killed') invocation.kill();
    if (invocation.dead) return never();
    if (fault === 'reset' || !answer) throw cut();
    return answer;
  }

  return {
    async carry(wanted: Wanted, port: number, direct: Carry): Promise<Answer> {
      const invocation = invocations.current();
      const effect = () => direct(wanted, port);
      if (invocation === undefined) return effect();
      if (invocation.dead) return never();
      const name = () => `${invocation.name}: ${callName(wanted)}`;
      const called = wanted.path.startsWith('/v1/') || wanted.headers['x-amz-target'] !== undefined;
      return called ? cross(wanted, { name, effect, invocation }) : happen(effect);
    },
    /** Those that may go on, oldest first. */
    turns: (): readonly Turn[] => waiting,
    /** Those that go on when nothing else can. */
    slow: (): readonly Turn[] => slow,
    take(turn: Turn): void {
      waiting = waiting.filter((one) => one !== turn);
      slow = slow.filter((one) => one !== turn);
      turn.go();
    },
    isEmpty: (): boolean => waiting.length + slow.length === 0,
    /** Whether a server is at work. */
    busy: (): boolean => underWay > 0,
    /** Another history, whose calls meet these faults in their order, and whose calls of one kind are all slow. */
    restart(next: readonly Fault[], slowKind: Slowest): void {
      faults = [...next];
      slowest = slowKind;
      waiting = [];
      slow = [];
    },
  };
}

interface Crossing {
  readonly name: () => string;
  readonly effect: () => Promise<Answer>;
  readonly invocation: Invocation;
}

const never = (): Promise<never> => new Promise(() => {});

function faultOf(fault: Fault) {
  const [what, when] = fault.split(' ');
  return { fault: what === 'none' ? undefined : what, when };
}

/** `UpdateItem subscription#sub_1`, or `POST /v1/customers`. */
function callName({ method, path, headers, body }: Wanted): string {
  const target = headers['x-amz-target'];
  if (typeof target !== 'string') return `${method} ${path}`;
  const key = /"sk":\{"S":"([^"]*)"/.exec(body)?.[1] ?? '';
  return `${target.split('.')[1]} ${key}`;
}

/** As DynamoDB and Stripe say it. */
function errorAnswer(fault: 'failed' | 'throttled', { headers }: Wanted): Answer {
  const failed = fault === 'failed';
  if (headers['x-amz-target'] === undefined) {
    const error = { type: failed ? 'api_error' : 'invalid_request_error', message: 'asked for by a history' };
    return { status: failed ? 500 : 429, headers: { 'request-id': 'req_1' }, body: JSON.stringify({ error }) };
  }
  const name = failed ? 'InternalServerError' : 'ProvisionedThroughputExceededException';
  const body = JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'by a history' });
  return { status: failed ? 500 : 400, headers: { 'content-type': 'application/x-amz-json-1.0' }, body };
}
