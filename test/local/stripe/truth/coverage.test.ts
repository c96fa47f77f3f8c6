import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { routes } from '../../../../local/stripe/resources/all.ts';
import { startReceiver } from '../world.ts';
import { eventsInSource } from './covered.ts';
import { OUTSIDE_THE_SDK } from './outside.ts';
import { SCENARIO } from './scenario/all.ts';
import { startVisit, type Visit } from './scenario/visit.ts';
import { stripeTruth, type Validator } from './validator.ts';

let stripe: Validator;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let visit: Visit;
beforeAll(async () => {
  stripe = await stripeTruth();
  receiver = await startReceiver();
  visit = await startVisit(receiver.url);
}, 60_000);
afterAll(async () => {
  await receiver.stop();
  await visit.world.stop();
});

describe('the scenario', () => {
  it.each(Object.entries(SCENARIO))(
    '%s: all that is said is as the SDK types it',
    async (_, part) => {
      await part(visit);
      expect(visit.world.seen.faults).toEqual([]);
    },
    30_000,
  );

  // A route that is new here wants a line in test/local/stripe/truth/scenario/.
  it('asks everything that the simulator can be asked', () => {
    const all = routes.map(({ method, path }) => `${method} ${path}`);
    const known = all.filter((route) => !OUTSIDE_THE_SDK.has(route));
    expect(known.filter((route) => !visit.world.seen.routes.has(route))).toEqual([]);
  });

  it('lists as outside of the SDK only what the simulator has', () => {
    const all = new Set(routes.map(({ method, path }) => `${method} ${path}`));
    expect([...OUTSIDE_THE_SDK.keys()].filter((route) => !all.has(route))).toEqual([]);
  });

  it('hears every event that the simulator can tell', () => {
    const { events } = visit.world.seen;
    expect(eventsInSource(stripe).filter((type) => !events.has(type))).toEqual([]);
  });
});
