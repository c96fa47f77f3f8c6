import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { paced } from '../../../clients/pace.ts';
import { sim } from '../../local/stripe/sim.ts';
import { openAccount, type Account } from './account.ts';

const USERS = 12;

let account: Account;
beforeAll(async () => {
  account = await openAccount();
  for (let user = 0; user < USERS; user += 1) await account.subscribe(`user-${user}`);
  await account.run();
});
afterAll(() => account.stop());

const operationsOf = (calls: readonly string[]) => calls.map((call) => call.replace('DynamoDB_20120810.', ''));

describe('what reconcile costs', () => {
  it('is two calls to Stripe and one read of the table for up to a hundred subscriptions that are equal', async () => {
    account.calls.taken();
    account.dynamo.taken();
    expect((await account.run()).report).toMatchObject({ seen: USERS, equal: USERS });
    expect(account.calls.taken()).toEqual(['GET /v1/events', 'GET /v1/subscriptions']);
    const [taken, kept] = [['GetItem', 'UpdateItem'], 'UpdateItem'];
    expect(operationsOf(account.dynamo.taken())).toEqual([...taken, kept, 'BatchGetItem', kept, 'Scan', kept]);
  });

  it('is three more reads, one write and two calls to Stripe for each that differs', async () => {
    const [[id, record] = ['', undefined]] = [...(await account.truth())];
    const owner = (await account.stripe.subscriptions.retrieve(id)).metadata['userId'] ?? '';
    await account.spoil(owner, id, { ...record, quantity: 7 });
    account.calls.taken();
    account.dynamo.taken();
    await account.run();
    expect(account.calls.taken().slice(2)).toEqual(['GET /v1/events', `GET /v1/subscriptions/${id}`]);
    const operations = operationsOf(account.dynamo.taken());
    expect(operations.slice(4, -3)).toEqual(['GetItem', 'GetItem', 'UpdateItem', 'GetItem']);
  });
});

describe('the rate', () => {
  /** Time that passes by waiting alone. */
  function clock() {
    const waits: number[] = [];
    let ms = 0;
    const sleep = async (wait: number) => {
      waits.push(wait);
      ms += wait;
    };
    return { waits, pace: paced({ perSecond: 10, sleep, now: () => ms }) };
  }

  it('is never more than was asked for', async () => {
    const { waits, pace } = clock();
    account.calls.taken();
    await account.run({ pace, pageSize: 1 });
    const made = account.calls.taken().length;
    expect(made).toBeGreaterThan(USERS);
    expect(waits).toEqual(Array(made - 1).fill(100));
  });

  it('gives way when Stripe says that it is too much: twice as long each time, then it goes on as before', async () => {
    const { waits, pace } = clock();
    const refused = { method: 'GET', path: '/v1/subscriptions', status: 429, times: 3 };
    await sim({ url: account.url }, 'POST /faults', refused);
    expect((await account.run({ pace })).report).toMatchObject({ seen: USERS, equal: USERS, failed: { count: 0 } });
    expect(waits).toEqual([100, 1000, 2000, 4000]);
  });

  it('gives up on Stripe after half a minute; the next run goes on', async () => {
    const { waits, pace } = clock();
    await sim({ url: account.url }, 'POST /faults', {
      method: 'GET',
      path: '/v1/subscriptions',
      status: 429,
      times: 6,
    });
    await expect(account.run({ pace })).rejects.toMatchObject({ statusCode: 429 });
    expect(waits).toEqual([100, 1000, 2000, 4000, 8000, 16_000]);
    expect((await account.run()).report).toMatchObject({ seen: USERS });
  });
});
