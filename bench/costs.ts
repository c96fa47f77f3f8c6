import type { Build } from '../lib/bundle/bundle.ts';
import { requests, type Case } from './costs/cases.ts';
import { countLog, useOf } from './costs/count.ts';
import { billedMs, dollarsAMillion, sumOf, type Use } from './costs/dollars.ts';
import { events } from './costs/events.ts';
import { jobs } from './costs/jobs.ts';
import { openShop } from './costs/shop.ts';
import type { Figure, Group, Target } from './figure.ts';
import prices from './prices.json' with { type: 'json' };
import { environmentIn, startOutside } from './world/outside.ts';
import { templateMemory } from './world/template.ts';

const ABOUT = `What one of each costs at AWS and Stripe: calls and units as counted at the local table and the simulator of Stripe, warm; dollars for a million by the list prices of ${prices.region} (${prices.date}, bench/prices.json), without free tiers. Lambda's time is this machine's processor time at the share of a processor that the function's memory gives, and round trips as assumed there. A write that its condition refused brings the item with it at AWS, and costs a read here.`;

/** Dollars, and what was counted. */
export async function costs(build: Build): Promise<Group> {
  const memory = templateMemory(build);
  const outside = await startOutside();
  Object.assign(process.env, environmentIn(outside, { counted: true }));
  const shop = await openShop(build.functions, outside);
  const logged = countLog();
  const figuresOfEach = async (cases: readonly Case[]): Promise<Figure[]> => {
    const figures: Figure[] = [];
    for (const each of cases)
      figures.push(...figuresOf(each, await useOf(each, outside, logged), memory(each.function)));
    return figures;
  };
  const byItself = await figuresOfEach(await jobs(shop, outside));
  const figures = [...(await figuresOfEach([...(await requests(shop)), ...events(shop)])), ...byItself];
  outside.stop();
  return { name: 'costs', about: ABOUT, figures };
}

function figuresOf({ name }: Case, use: Use, memoryMb: number): Figure[] {
  const { read, write, stripeCalls } = use;
  const seen = [
    `${read} read, ${write} write`,
    `${stripeCalls} Stripe`,
    `${billedMs(use, memoryMb)} ms`,
    ...Object.entries(dollarsAMillion(use, memoryMb)).flatMap(([paid, dollars]) =>
      dollars === 0 ? [] : [`${paid} $${dollars.toFixed(2)}`],
    ),
  ].join(', ');
  const total = { name, value: sumOf(dollarsAMillion(use, memoryMb)), unit: 'dollars a million', seen };
  return [total, ...(TARGETS[name]?.(use) ?? [])];
}

const atMost = (value: number): { target: Target } => ({ target: { of: 'value', atMost: value } });

/** What the design promises, as rows of their own. */
const TARGETS: Readonly<Record<string, (use: Use) => Figure[]>> = {
  'GET /api/subscription': ({ read, tableCalls }) => [
    { name: 'an entitlement: read units', value: read, unit: '', ...atMost(0.5) },
    { name: 'an entitlement: calls of the table', value: tableCalls, unit: '', ...atMost(1) },
  ],
  'POST /webhook, a renewal': ({ read, write, stripeCalls }) => [
    { name: 'a renewal: write units', value: write, unit: '', ...atMost(1) },
    { name: 'a renewal: read units', value: read, unit: '', ...atMost(0) },
    { name: 'a renewal: calls of Stripe', value: stripeCalls, unit: '', ...atMost(0) },
  ],
};
