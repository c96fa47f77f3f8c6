import type { Build } from '../lib/bundle/bundle.ts';
import { httpEvent } from '../test/support/http-event.ts';
import type { Figure, Group } from './figure.ts';
import { answering, shipped, type Route } from './world/bundles.ts';
import { posted, renewal } from './world/events.ts';
import { bareFloors } from './world/floors.ts';
import { environmentIn, startOutside } from './world/outside.ts';
import { inTurns, type Measured } from './world/timing.ts';

const ABOUT = `What a warm call costs: the shipped bundle in a process of its own, the table in another. 300 turns of ten calls or more, after each a turn of its floor; medians. Targets are held by processor time, of which the machine's other work takes none away.`;

export async function warm({ functions }: Build): Promise<Group> {
  const outside = await startOutside();
  Object.assign(process.env, environmentIn(outside, { counted: false }));
  const bare = bareFloors(outside.dynamo, outside.tableName);
  const figures = [
    ...figuresOf('POST /webhook, a renewal', await webhook(functions, bare), 1.3),
    ...figuresOf('GET /api/subscription', await subscription(functions, bare)),
    ...figuresOf('GET /api/config', await config(functions)),
  ];
  outside.stop();
  return { name: 'warm', about: ABOUT, figures };
}

type Bare = ReturnType<typeof bareFloors>;

/** Signature, rule and one write, against a bare HMAC, a bare parse and one bare PutItem. */
async function webhook(functions: string, bare: Bare): Promise<Measured> {
  const route = await shipped<Route>(functions, 'webhook');
  let created = 1_800_000_000;
  const next = (subscriptionId: string) => posted(renewal(subscriptionId, (created += 1)));
  const ours = () => {
    const event = next('sub_ours');
    return async () => answering(await route(event), '"saved"');
  };
  const floor = () => {
    const event = next('sub_floor');
    return () => bare.webhook(event);
  };
  return inTurns(ours, floor, 10);
}

/** One query and the decision, against one bare query. The subscription is that of the events above. */
async function subscription(functions: string, bare: Bare): Promise<Measured> {
  const route = await shipped<Route>(functions, 'subscription');
  const event = httpEvent('GET', { path: '/api/subscription', user: 'user-1' });
  const ours = () => async () => answering(await route(event), '"allowed":true');
  return inTurns(ours, () => () => bare.query('user-1'), 10);
}

/** What is known already, against an empty handler that answers the same. */
async function config(functions: string): Promise<Measured> {
  const route = await shipped<Route>(functions, 'config');
  const event = httpEvent('GET', { path: '/api/config' });
  const answer: unknown = JSON.parse((await route(event)).body ?? '');
  const ours = () => async () => answering(await route(event), 'pro_monthly');
  const floor = () => async () => ({ statusCode: 200, body: JSON.stringify(answer) });
  return inTurns(ours, floor, 100);
}

function figuresOf(name: string, { ours, floor }: Measured, atMost?: number): Figure[] {
  const target = atMost === undefined ? {} : { target: { of: 'ratio', atMost } as const };
  return [
    { name: `${name}: processor`, value: ours.cpu, floor: floor.cpu, unit: 'µs', ...target },
    { name: `${name}: elapsed`, value: ours.elapsed, floor: floor.elapsed, unit: 'µs' },
  ];
}
