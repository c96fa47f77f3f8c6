import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { HANDLERS } from '../../bench/cold-start/events.ts';
import { loadedAtStart, type Loaded } from '../../bench/cold-start/loaded.ts';
import { needs } from '../../lib/functions/needs.ts';
import { sharedBuild } from '../support/shared-build.ts';

// A whole build, when no other test file has made it yet.
jest.setTimeout(120_000);

/**
 * Kilobytes that a function may load before its first event, a little above what it does: a cold start takes two milliseconds
 * longer for each hundred. Who needs more writes so here, and runs `npm run bench:cold`.
 */
const AT_MOST = {
  config: 415,
  checkout: 500,
  'checkout-session': 490,
  subscription: 200,
  portal: 470,
  invoices: 470,
  charges: 200,
  'pay-charge': 475,
  members: 220,
  webhook: 228,
  reconcile: 520,
  'charge-runs': 475,
  'access-changes': 225,
  fallback: 6,
} satisfies Record<keyof typeof needs, number>;

describe('what a function loads before its first event', () => {
  const loaded = new Map<string, Loaded>();
  let functions: string;
  beforeAll(async () => {
    ({ functions } = await sharedBuild());
    for (const name of HANDLERS) loaded.set(name, await loadedAtStart(join(functions, name)));
  });

  const codeOf = (name: string): string =>
    loaded
      .get(name)
      ?.files.map((path) => readFileSync(path, 'utf8'))
      .join('') ?? '';

  it.each(HANDLERS)('is small: %s', (name) => {
    const kilobytes = (loaded.get(name)?.atStart ?? Infinity) / 1000;
    expect(kilobytes).toBeLessThanOrEqual(AT_MOST[name]);
    // A limit far above what is loaded is none.
    expect(kilobytes).toBeGreaterThan(AT_MOST[name] * 0.93 - 3);
  });

  it('has Stripe’s client where each event asks Stripe, and not for the webhook, whose events hardly ever do', () => {
    const calling = HANDLERS.filter((name) => needs[name].secret === true && name !== 'webhook');
    expect(HANDLERS.filter((name) => codeOf(name).includes('api.stripe.com'))).toEqual(calling);
  });

  it('has none of Node’s modules by an import, which would load all that they load at need', () => {
    expect([...loaded.values()].flatMap(({ builtIn }) => builtIn)).toEqual([]);
  });

  it('looks for credentials in the environment alone, as Lambda gives them', () => {
    for (const name of HANDLERS) expect(codeOf(name)).not.toMatch(/fromIni|fromSSO|169\.254\.170\.2/);
  });
});
