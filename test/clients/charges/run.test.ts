import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ChargeStatus } from '../../../billing/charge.ts';
import type { Charging } from '../../../clients/charges/charging.ts';
import { carryOut, type Payers } from '../../../clients/charges/run.ts';
import { chargeRuns, type ChargeRuns } from '../../../clients/records/charge-runs.ts';
import { customerRecords } from '../../../clients/records/customers.ts';
import { payersPages } from '../../../clients/records/payers.ts';
import { startTable } from '../../support/dynamo.ts';

const PEOPLE = 25;
const A_PAGE = 8;
/** So many are charged at the same time. */
const AT_ONCE = 4;

let table: Awaited<ReturnType<typeof startTable>>;
let runs: ChargeRuns;
beforeAll(async () => {
  table = await startTable();
  runs = chargeRuns(table);
  for (let each = 0; each < PEOPLE; each += 1)
    await customerRecords(table).add(`user-${each}`, { customerId: `cus_${each}`, email: null });
});
afterAll(() => table.stop());

const payers: Payers = (after) => payersPages(table, after, A_PAGE);

/** Remembers who was charged; the outcome is the same for all, unless `outcome` says otherwise. */
function register(outcome: (userId: string) => ChargeStatus = () => 'succeeded') {
  const asked: string[] = [];
  const charging: Charging = {
    charge: async (_, { userId }) => {
      asked.push(userId);
      return { status: outcome(userId), declineCode: null, now: true };
    },
  };
  return { asked, charging };
}

async function planned(id: string) {
  return runs.add({ id, amount: 500, currency: 'usd', description: 'The fee', on: '2026-12-01' });
}

/** Carries out what is recorded, as the next hour does. */
async function pass(id: string, charging: Charging, stop = () => false) {
  const run = await runs.read(id);
  if (!run) throw new Error(`no run ${id}`);
  return carryOut({ runs, payers, charging, stop }, run);
}

describe('a pass', () => {
  it('asks everybody once, and finishes the run', async () => {
    await planned('all');
    const { asked, charging } = register();
    expect(await pass('all', charging)).toMatchObject({ ended: 'finished', totals: { succeeded: PEOPLE } });
    expect(new Set(asked).size).toBe(PEOPLE);
    expect(asked).toHaveLength(PEOPLE);
    expect(await runs.read('all')).toMatchObject({ status: 'finished', totals: { succeeded: PEOPLE } });
  });

  it('that was stopped is gone on with from its page, and the totals are of the whole run', async () => {
    await planned('stopped');
    const first = register();
    const early = await pass('stopped', first.charging, () => first.asked.length >= 10);
    expect(early.ended).toBe('stopped');
    expect(first.asked.length).toBeLessThan(10 + AT_ONCE); // those under way are finished
    const second = register();
    const late = await pass('stopped', second.charging);
    expect(late).toMatchObject({ ended: 'finished', totals: { succeeded: PEOPLE } });
    expect(new Set([...first.asked, ...second.asked]).size).toBe(PEOPLE);
    expect(second.asked.length).toBeLessThan(PEOPLE);
  });

  it('with somebody who could not be charged goes on with the others, and the next asks that one again', async () => {
    await planned('unlucky');
    let broken = true;
    const { asked, charging } = register((userId) => {
      if (broken && userId === 'user-7') throw new Error('no answer');
      return 'succeeded';
    });
    const first = await pass('unlucky', charging);
    expect(first).toMatchObject({ ended: 'unfinished', totals: { succeeded: PEOPLE - 1 } });
    expect(first.failed).toMatchObject([{ userId: 'user-7', customerId: 'cus_7' }]);
    expect(asked).toHaveLength(PEOPLE);
    broken = false;
    expect(await pass('unlucky', charging)).toMatchObject({ ended: 'finished', totals: { succeeded: PEOPLE } });
    expect(asked.filter((userId) => userId === 'user-7')).toHaveLength(2);
  });

  it('looks again at whom the bank keeps waiting', async () => {
    await planned('slow');
    let waiting = true;
    const { charging } = register((userId) => (waiting && userId === 'user-3' ? 'processing' : 'succeeded'));
    expect(await pass('slow', charging)).toMatchObject({ ended: 'unfinished' });
    waiting = false;
    expect(await pass('slow', charging)).toMatchObject({ ended: 'finished', totals: { succeeded: PEOPLE } });
  });

  it('ends when nobody can be charged any more: it is not they', async () => {
    await planned('hopeless');
    const { asked, charging } = register(() => {
      throw new Error('the key was revoked');
    });
    expect(await pass('hopeless', charging)).toMatchObject({ ended: 'gave up' });
    expect(asked.length).toBeLessThan(10 + AT_ONCE);
  });

  it('charges nobody of a run that is finished or withdrawn, and ends when that happens meanwhile', async () => {
    const run = await planned('withdrawn');
    const { asked, charging } = register();
    const parts = { runs, payers, charging };
    const meanwhile: Charging = {
      charge: async (each, payer) => {
        await runs.withdraw('withdrawn');
        return charging.charge(each, payer);
      },
    };
    expect(await carryOut({ ...parts, charging: meanwhile }, run)).toMatchObject({ ended: 'over' });
    expect(asked).toHaveLength(A_PAGE);
    expect(await carryOut(parts, run)).toMatchObject({ ended: 'over' });
    expect(asked).toHaveLength(A_PAGE);
  });

  it('beside another one leaves nobody out', async () => {
    await planned('both');
    const [one, other] = [register(), register()];
    await Promise.all([pass('both', one.charging), pass('both', other.charging)]);
    expect(new Set([...one.asked, ...other.asked]).size).toBe(PEOPLE);
    expect(await runs.read('both')).toMatchObject({ status: 'finished', totals: { succeeded: PEOPLE } });
  });
});

describe('a run', () => {
  it('is never changed: the same name again is the run that was there', async () => {
    const first = await planned('frozen');
    const other = { id: 'frozen', amount: 9900, currency: 'eur', description: 'More', on: '2027-01-01' };
    expect(await runs.add(other)).toEqual(first);
    expect((await runs.all()).filter(({ id }) => id === 'frozen')).toEqual([first]);
  });

  it('that is finished stays so', async () => {
    await planned('done');
    await pass('done', register().charging);
    expect(await runs.start('done')).toBe(false);
    expect(await runs.withdraw('done')).toBe(false);
    expect(await runs.keepPlace('done', { after: {}, totals: {} })).toBe(false);
  });
});
