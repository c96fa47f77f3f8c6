import { expect, it } from '@jest/globals';
import { httpApi, lambdaFunction, route } from './assembly.ts';
import { run } from './run.ts';

const DAY = 24 * 60 * 60;
const handler = `export const handler = async (event, context) => {
  const made = new Date();
  return {
    now: Date.now(),
    made: made.getTime(),
    said: new Date(Date()).getTime(),
    given: new Date(0).toISOString(),
    isDate: made instanceof Date && new Date(2027, 0) instanceof Date,
    utc: Date.UTC(2027, 0),
    remaining: context.getRemainingTimeInMillis(),
  };
};`;

it('functions live by the clock that they are given, from its next change on; deadlines stay as they are', async () => {
  const clockAhead = new Int32Array(new SharedArrayBuffer(4));
  const resources = { ...lambdaFunction('Time', [], { Timeout: 20 }), ...httpApi(), ...route('GET /time', 'Time') };
  const stack = await run(
    { template: { Resources: resources }, assets: { Time: { 'index.mjs': handler } } },
    { clockAhead },
  );
  const ask = async (): Promise<Record<string, unknown>> => Object(await (await fetch(`${stack.apis[0]}/time`)).json());

  for (const days of [0, 31, 400]) {
    Atomics.store(clockAhead, 0, days * DAY);
    const before = Date.now() + days * DAY * 1000;
    const answer = await ask();
    const after = Date.now() + days * DAY * 1000;
    for (const seen of [answer['now'], answer['made']]) {
      expect(seen).toBeGreaterThanOrEqual(before);
      expect(seen).toBeLessThanOrEqual(after);
    }
    expect(answer['said']).toBeGreaterThan(before - 1000);
    expect(answer).toMatchObject({ given: '1970-01-01T00:00:00.000Z', isDate: true, utc: Date.UTC(2027, 0) });
    expect(answer['remaining']).toBeGreaterThan(10_000);
    expect(answer['remaining']).toBeLessThanOrEqual(20_000);
  }
});
