import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { needs, toldToAll } from '../../lib/functions/needs.ts';
import { median } from '../statistics.ts';
import { startEndpoint } from './answers.ts';
import { firstEvents, HANDLERS, settingOf, type HandlerName } from './events.ts';
import { loadedAtStart, type Loaded } from './loaded.ts';
import { spawned, type Spawned } from './spawned.ts';

export interface ColdStartOptions {
  /** The folder with a folder per function, as they are shipped. */
  readonly functions: string;
  /** Processes of each kind. @default 25 */
  readonly rounds?: number;
  /** @default - all of them */
  readonly names?: readonly HandlerName[];
  /** The Node that runs them. @default - the one that runs this */
  readonly node?: string;
}

/** How a function's bundle starts. */
export interface ColdStart {
  readonly name: HandlerName;
  /** An empty handler's process, in the same rounds. */
  readonly floor: Cost;
  /** A process that imports the bundle, and ends. */
  readonly start: Cost;
  /** The same with the first event answered. */
  readonly firstEvent: Cost;
  readonly loaded: Loaded;
}

/** What a whole process takes, from its start to its end, in medians over the rounds: milliseconds, and megabytes at their peak. */
export type Cost = Pick<Spawned, 'cpu' | 'elapsed' | 'mb'>;

const EMPTY = { module: fileURLToPath(new URL('empty.mjs', import.meta.url)), event: {}, environment: {} };

/**
 * What whole processes cost, each a fresh one: Node's own start is in it, for all. The kinds take turns, so that what else the
 * machine does meets all of them alike; only ratios mean something elsewhere.
 */
export async function coldStarts(options: ColdStartOptions): Promise<ColdStart[]> {
  const { functions, rounds = 25, names = HANDLERS, node = process.execPath } = options;
  const endpoint = await startEndpoint();
  try {
    // The first round only reads the files from the disk.
    for (const name of names) await turn(node, functions, name, endpoint.url);
    const turns = new Map<HandlerName, Turn[]>(names.map((name) => [name, []]));
    for (let round = 0; round < rounds; round += 1)
      for (const [name, taken] of turns) taken.push(await turn(node, functions, name, endpoint.url));
    return await Promise.all([...turns].map(([name, taken]) => summary(name, join(functions, name), taken)));
  } finally {
    endpoint.stop();
  }
}

/** One process of each kind, one after the other. */
interface Turn {
  readonly floor: Spawned;
  readonly start: Spawned;
  readonly firstEvent: Spawned;
}

async function turn(node: string, functions: string, name: HandlerName, endpoint: string): Promise<Turn> {
  const plain = { module: join(functions, name, 'index.mjs'), environment: environmentOf(name, endpoint) };
  const floor = await spawned(node, EMPTY);
  const start = await spawned(node, plain);
  const firstEvent = await spawned(node, { ...plain, event: firstEvents[name]() });
  const { status = 200 } = firstEvent;
  if (status !== (name === 'fallback' ? 404 : 200)) throw new Error(`The first event of ${name} ended with ${status}.`);
  return { floor, start, firstEvent };
}

async function summary(name: HandlerName, folder: string, turns: readonly Turn[]): Promise<ColdStart> {
  const cost = (of: keyof Turn): Cost => {
    const middle = (what: keyof Cost) => median(turns.map((turn) => turn[of][what]));
    return { cpu: middle('cpu'), elapsed: middle('elapsed'), mb: middle('mb') };
  };
  const costs = { floor: cost('floor'), start: cost('start'), firstEvent: cost('firstEvent') };
  return { name, ...costs, loaded: await loadedAtStart(folder) };
}

/** What Lambda and the stack give a function, and where AWS and Stripe are. */
function environmentOf(name: HandlerName, endpoint: string): Record<string, string> {
  const own = [...needs[name].environment, ...toldToAll].map((variable) => [variable, settingOf(variable)] as const);
  return {
    ...Object.fromEntries(own),
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_ENDPOINT_URL: endpoint,
    STRIPE_API_BASE: endpoint,
    // Said by the SDK on a Node older than Lambda's.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}
