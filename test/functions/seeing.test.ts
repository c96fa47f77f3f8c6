import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { alarmed, countedIn, shown } from './seen.ts';
import { openSeenWorld, PLANTED } from './seen-world.ts';

const lines: string[] = [];
let world: Awaited<ReturnType<typeof openSeenWorld>>;

beforeAll(async () => {
  for (const level of ['log', 'warn', 'error'] as const)
    jest.spyOn(console, level).mockImplementation((line: unknown) => void lines.push(String(line)));
  world = await openSeenWorld();
  await world.sale('ada');
  await world.conflicts('ada');
  await world.refusedEvents('ada');
  await world.failures();
  await world.charges('ada');
  await world.drift('ada');
}, 60_000);
afterAll(() => world.stop());

const said = (message: string) =>
  lines.flatMap((line): Record<string, unknown>[] => {
    const fields: Record<string, unknown> = JSON.parse(line);
    return fields['message'] === message ? [fields] : [];
  });

describe('what the functions log', () => {
  it.each(PLANTED)('never holds %s, which all of them worked with', (planted) => {
    expect(lines.filter((line) => line.includes(planted))).toEqual([]);
    expect(lines.length).toBeGreaterThan(40);
  });

  it('is one JSON object a line', () => {
    for (const line of lines) expect(typeof JSON.parse(line)).toBe('object');
  });

  it('names the event, the user and the request, when an event was taken and when it failed', () => {
    const about = { eventId: expect.stringMatching(/^evt_/), requestId: 'request-1' };
    expect(said('event')).toContainEqual(
      expect.objectContaining({ ...about, userId: 'ada', type: 'customer.subscription.created', outcome: 'unchanged' }),
    );
    const failed = { code: 'stripe_unavailable', route: 'POST /webhook', userId: 'ada', objectId: 'cs_1' };
    expect(said('Stripe did not answer as expected. Please try again.')).toContainEqual(
      expect.objectContaining({ level: 'ERROR', ...about, ...failed }),
    );
  });

  it('names the user and the request, when a route failed', () => {
    const failed = { level: 'ERROR', code: 'overloaded', userId: 'ada', requestId: 'request-1', status: 503 };
    expect(said('Too much at once. Please try again.')).toContainEqual(expect.objectContaining(failed));
  });

  it('says why a job failed, and of whom it could not be done', () => {
    expect(said('job failed')).toContainEqual(
      expect.objectContaining({ level: 'ERROR', cause: expect.stringContaining('could not be') }),
    );
    expect(said('not charged')).toContainEqual(expect.objectContaining({ userId: 'ada', runId: 'fee' }));
    expect(said('unknown to Stripe')).toContainEqual(expect.objectContaining({ subscriptionId: 'sub_unknown' }));
  });
});

describe('what is watched', () => {
  it('is counted by the functions, for every alarm that hangs on a count of theirs', () => {
    const counted = countedIn(lines);
    expect(alarmed().length).toBeGreaterThan(10);
    expect(alarmed().filter((metric) => !counted.has(metric))).toEqual([]);
  });

  it('is counted by the functions, under these dimensions, for every graph of the dashboard', () => {
    const names = new Set([...countedIn(lines)].map((metric) => metric.replaceAll(/:"[^"]*"/g, '')));
    const missing = shown().filter(
      ({ name, dimensions }) => !names.has(`${name} ${JSON.stringify(dimensions).replaceAll(/:"[^"]*"/g, '')}`),
    );
    expect(missing).toEqual([]);
  });

  it('has values that stand in the code', () => {
    const root = join(import.meta.dirname, '../..');
    const files = ['functions', 'clients', 'billing'].flatMap((room) =>
      readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).map((name) => join(root, room, name)),
    );
    const code = files
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(name, 'utf8'))
      .join('\n');
    const values = shown().flatMap(({ dimensions }) => Object.values(dimensions));
    expect(values.filter((value) => !code.includes(`'${value}'`))).toEqual([]);
  });
});
