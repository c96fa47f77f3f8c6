import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import { HANDLED_EVENTS } from '../../../billing/events.ts';
import { PowerCut, type Blow } from './fuse.ts';
import { fakeDate, startRotationWorld, type RotationHistory } from './world.ts';

/** More of it: ROTATE_RUNS=1000. */
const RUNS = Number(process.env['ROTATE_RUNS'] ?? 15);
const DAY = 24 * 3600;

let world: Awaited<ReturnType<typeof startRotationWorld>>;
beforeAll(async () => {
  fakeDate();
  world = await startRotationWorld();
});
afterAll(async () => {
  await world.stop();
  jest.useRealTimers();
});

/** Something that happens, and how it is told when a history fails. */
interface Step {
  readonly name: string;
  readonly happens: (history: RotationHistory) => Promise<unknown>;
}

const event: Step = { name: 'an event', happens: (history) => history.happen() };
const setup: Step = { name: 'setup', happens: (history) => history.setUp() };
const delivery = fc.tuple(fc.nat(9), fc.nat(1)).map(([which, to]): Step => ({
  name: `deliver ${which} to ${to}`,
  happens: (history) => history.deliver(which, to),
}));
const time = fc
  .constantFrom(20, 90, 400, DAY / 2, DAY)
  .map((seconds): Step => ({ name: `${seconds} s pass`, happens: async (history) => history.pass(seconds) }));
const blow: fc.Arbitrary<Blow> = fc.record({ at: fc.nat(12), after: fc.boolean() });
const rotation = fc.tuple(fc.option(blow), fc.nat(7)).map(([cut, how]): Step => {
  const words = ['rotate', ...(how === 0 ? ['--now'] : []), ...(cut ? [`cut at ${JSON.stringify(cut)}`] : [])];
  return { name: words.join(' '), happens: (history) => survived(history.rotate(cut ?? undefined, how === 0)) };
});

const step = fc.oneof(
  { weight: 4, arbitrary: fc.constant(event) },
  { weight: 4, arbitrary: delivery },
  { weight: 3, arbitrary: time },
  { weight: 4, arbitrary: rotation },
  { weight: 1, arbitrary: fc.constant(setup) },
);

async function survived(rotated: Promise<unknown>): Promise<void> {
  await rotated.catch((error: unknown) => {
    if (!(error instanceof PowerCut)) throw error;
  });
}

async function ended(history: RotationHistory): Promise<void> {
  while ((await history.rotate(undefined)).state !== 'finished') history.pass(DAY);
}

async function live(steps: readonly Step[]): Promise<void> {
  const history = await world.begin();
  try {
    for (const { happens } of steps) await happens(history);
    await ended(history);
    await history.happen();
    history.pass(60);
    expect(await history.release()).toBe(0);
    expect(history.events.filter((id) => !history.taken.has(id))).toEqual([]);
    expect(history.unknown).toEqual([]);
    const { webhookEndpoint, webhookSecrets } = await history.keys();
    expect(webhookSecrets).toHaveLength(1);
    const { data } = await history.stripe.webhookEndpoints.list();
    expect(data).toMatchObject([{ id: webhookEndpoint, status: 'enabled', enabled_events: HANDLED_EVENTS }]);
  } finally {
    await history.end();
  }
}

it('while the webhook secret is rotated, broken off anywhere and run again, no event is lost, and one secret is left', async () => {
  const histories = fc.array(step, { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(histories, (steps) => live(steps)),
    { numRuns: RUNS },
  );
}, 300_000);
