import type { Build } from '../lib/bundle/bundle.ts';
import type { Figure, Group } from './figure.ts';
import { reconciled, type Reconciled } from './growth/reconciled.ts';
import { asks, requested, type Took } from './growth/requests.ts';
import { growthExponent } from './statistics.ts';
import { startChild } from './world/child.ts';
import { environmentIn, startOutside } from './world/outside.ts';

const ABOUT = `How cost grows with subscribers: the exponent of the power that fits best, 0 for flat and 1 for linear. The table, and for reconcile Stripe's list, are simulated: they answer for as many subscribers as are wanted and hold none of them, so what is measured is what our code asks and computes, and not DynamoDB, which finds one key among many as fast as among few. Requests: the shipped bundles, 400 of each at each size, spread over all subscribers. Reconcile: all are equal; Lambda's time runs by the round trips of bench/prices.json, and what does not fit into one invocation goes on in the next.`;

const SIZES = [10, 1_000, 100_000, 1_000_000];
/** Exponents; what is over the ideal is the measurement's own trembling. */
const [FLAT, LINEAR] = [0.05, 1.05];

export async function growth({ functions }: Build): Promise<Group> {
  const outside = await startOutside();
  const table = await startChild<string>('any-user.ts');
  Object.assign(process.env, environmentIn({ ...outside, dynamo: table.first }, { counted: false }));
  const { entitlement, webhook } = await asks(functions);
  // Once for nothing: code that is new to the machine is slow, and the first size would be.
  for (const ask of [entitlement, webhook]) await requested(ask, 10, table);
  const flat = [
    ...flatFigures('an entitlement', await each((size) => requested(entitlement, size, table))),
    ...flatFigures('a webhook', await each((size) => requested(webhook, size, table))),
  ];
  table.stop();
  outside.stop();
  return { name: 'growth', about: ABOUT, figures: [...flat, ...linearFigures(await each(reconciled))] };
}

/** A size, and what was seen at it. */
type Seen<T> = readonly (readonly [size: number, seen: T])[];

async function each<T>(measure: (size: number) => Promise<T>): Promise<Seen<T>> {
  const seen: [number, T][] = [];
  for (const size of SIZES) seen.push([size, await measure(size)]);
  return seen;
}

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const listed = <T>(seen: Seen<T>, of: (one: T) => string): string =>
  seen.map(([size, one]) => `${whole(size)}: ${of(one)}`).join(', ');

function grows<T>(name: string, seen: Seen<T>, of: (one: T) => number, atMost: number, unit = ''): Figure {
  return {
    name,
    value: growthExponent(seen.map(([size, one]) => [size, of(one)])),
    unit: 'exponent',
    target: { of: 'value', atMost },
    seen: listed(seen, (one) => `${whole(of(one))}${unit}`),
  };
}

const flatFigures = (name: string, took: Seen<Took>): Figure[] => [
  grows(`${name}: calls of the table`, took, ({ tableCalls }) => tableCalls, FLAT),
  grows(`${name}: processor`, took, ({ cpu }) => cpu, FLAT, ' µs'),
];

/** Of ten subscribers the run itself is most of what is asked: how it grows is seen from a thousand on. */
function linearFigures(all: Seen<Reconciled>): Figure[] {
  const seen = all.slice(1);
  return [
    grows('reconcile: calls of Stripe', seen, ({ stripeCalls }) => stripeCalls, LINEAR),
    grows('reconcile: read units', seen, ({ asked }) => asked.read, LINEAR),
    grows('reconcile: processor', seen, ({ cpuMs }) => cpuMs, LINEAR, ' ms'),
    {
      name: 'reconcile: invocations for a million, six hours apart',
      value: all.at(-1)?.[1].invocations ?? 0,
      unit: '',
      // A day's: what takes longer is begun anew.
      target: { of: 'value', atMost: 4 },
      seen: listed(all, ({ invocations }) => String(invocations)),
    },
  ];
}
