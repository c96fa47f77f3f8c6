import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { connectStripe } from '../../../clients/stripe.ts';
import { startStripeSimulator, type StripeSimulator } from '../../../local/stripe/server.ts';
import { createWitness } from '../../local/stripe/truth/witness.ts';
import { startTable } from '../../support/dynamo.ts';
import { history, type History } from './history.ts';
import { live, type End, type Rule, type Shop } from './life.ts';

/** More of them: CHARGE_HISTORIES=10000 npm run test:only -- charges/once */
const RUNS = Number(process.env['CHARGE_HISTORIES'] ?? 40);
const LONGEST_SEARCH = 1000;
const rule: Rule = { payments: (parts) => parts, records: (parts) => parts };

let simulator: StripeSimulator;
let table: Awaited<ReturnType<typeof startTable>>;
let witness: Awaited<ReturnType<typeof createWitness>>;
let shop: Shop;

beforeAll(async () => {
  witness = await createWitness('all');
  simulator = await startStripeSimulator(witness.watching);
  table = await startTable();
  shop = { stripe: connectStripe('sk_test_charges', simulator.url), simulator: simulator.url, table };
});
afterAll(async () => {
  await Promise.all([simulator.stop(), table.stop()]);
  witness.swear();
});

function expectRight({ amount, taken, record, open }: End): void {
  expect({ taken, recorded: record?.status }).toEqual(
    record?.status === 'succeeded' ? { taken: amount, recorded: 'succeeded' } : { taken: 0, recorded: record?.status },
  );
  expect(record?.status).not.toBe('processing');
  expect(open).toBeLessThanOrEqual(record?.status === 'succeeded' ? 0 : 1);
}

/** Where it is worth looking: a card that fails, another that pays, and a customer who pays meanwhile. */
const crossing = history.map((each) => ({
  ...each,
  card: 'fails' as const,
  card2: 'pays' as const,
  tabs: [{ pays: true, troubles: [] }],
}));

const notice = (broken: Partial<Rule>, examples: readonly History[] = []) =>
  fc.check(
    fc.asyncProperty(crossing, async (each) => expectRight(await live(shop, each, { ...rule, ...broken }))),
    { numRuns: LONGEST_SEARCH, seed: 1, endOnFailure: true, examples: examples.map((each) => [each]) },
  );

/** Found by a long search: a worker that was declined writes so only after the customer has paid. */
const LATE_WRITE: History = {
  card: 'fails',
  workers: [
    [
      { atCall: 0, kind: 'lost', when: 'after' },
      { atCall: 7, kind: 'lost', when: 'after' },
    ],
    [{ atCall: 0, kind: 'lost', when: 'before' }],
    [
      { atCall: 8, kind: 'dies', when: 'after' },
      { atCall: 4, kind: 'lost', when: 'after' },
    ],
  ],
  tabs: [{ pays: true, troubles: [] }],
  card2: 'pays',
  hours: [25],
  choices: [
    2, -1, 4, 0, 0, 3, 4, 3, 2, 0, 1, -1, 4, 0, 0, -1, -1, 4, 4, 0, -1, 1, 0, -1, 0, -1, -1, 3, -1, 2, -1, 4, -1, 0, 4,
    -1, 3, 2, -1, -1, 0, -1, -1, -1, -1, 1,
  ],
};

describe('whoever charges, whoever dies, whatever answer is lost, and however long it takes', () => {
  it('a customer is charged once or not at all, and the record says which', async () => {
    const property = fc.asyncProperty(history, async (each) => expectRight(await live(shop, each, rule)));
    await fc.assert(property, { numRuns: RUNS });
  }, 3_600_000);

  it('a card that pays has paid in the end, as long as it is there', async () => {
    const paid = history.map((each) => ({ ...each, card: 'pays' as const, card2: null }));
    const property = fc.asyncProperty(paid, async (each) => {
      expect(await live(shop, each, rule)).toMatchObject({ taken: 500, record: { status: 'succeeded' } });
    });
    await fc.assert(property, { numRuns: RUNS });
  }, 3_600_000);
});

describe('the histories notice', () => {
  it('when what the card did not pay is not closed before the customer pays', async () => {
    const broken: Rule['payments'] = (parts) => ({
      ...parts,
      close: async () => ({ status: 'canceled', declineCode: null }),
    });
    expect(await notice({ payments: broken })).toMatchObject({ failed: true });
  }, 60_000);

  it('when a record is written over what came in between', async () => {
    const broken: Rule['records'] = (parts) => ({
      ...parts,
      change: async (userId, known, change) => {
        const now = (await parts.read(userId, known.runId)) ?? known;
        return parts.change(userId, now, change);
      },
    });
    expect(await notice({ records: broken }, [LATE_WRITE])).toMatchObject({ failed: true });
  }, 60_000);

  it('when the second worker takes its own payment instead of the one that is recorded', async () => {
    const broken: Rule['records'] = (parts) => ({
      ...parts,
      add: async (userId, charge) => (await parts.add(userId, charge)) ?? { ...charge, version: 1 },
    });
    expect(await notice({ records: broken })).toMatchObject({ failed: true });
  }, 60_000);
});
