import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Handler } from '../../functions/shared/http.ts';
import { bodyOf, httpEvent, payWith, startWorld, type World } from './world.ts';

let world: World;
let checkout: Handler;
let subscription: Handler;
let reconcile: (event?: unknown, remaining?: { getRemainingTimeInMillis(): number }) => Promise<void>;
const logged: string[] = [];

beforeAll(async () => {
  for (const level of ['log', 'warn', 'error'] as const)
    jest.spyOn(console, level).mockImplementation((line: unknown) => void logged.push(String(line)));
  world = await startWorld();
  await world.configure();
  checkout = (await import('../../functions/checkout.ts')).handler;
  subscription = (await import('../../functions/subscription.ts')).handler;
  reconcile = (await import('../../functions/reconcile.ts')).handler;
});
afterAll(() => world.stop());

/** Nothing delivers webhooks here: whatever the records know, reconcile has told them. */
async function subscribe(user: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const result = await checkout(httpEvent('POST', { user, headers, body: '{"plan":"starter_monthly"}' }));
  await payWith(String(bodyOf(result)['url']), '4242424242424242');
}

const account = async (user: string) => bodyOf(await subscription(httpEvent('GET', { user })));
const lastReport = () => logged.findLast((line) => line.includes('"message":"reconciled"'));

describe('reconcile', () => {
  it('finds the subscription that no webhook has told of', async () => {
    await subscribe('ada');
    expect(await account('ada')).toMatchObject({ access: { allowed: false } });
    await reconcile();
    expect(await account('ada')).toMatchObject({ access: { allowed: true, reason: 'active' } });
  });

  it('repairs what has drifted, says which, and changes nothing the second time', async () => {
    const { data } = await world.stripe.subscriptions.list();
    const id = data[0]?.id ?? '';
    await world.stripe.subscriptions.cancel(id);
    await reconcile();
    expect(await account('ada')).toMatchObject({ access: { allowed: false, reason: 'canceled' } });
    expect(logged.some((line) => line.includes('repaired') && line.includes(id))).toBe(true);
    await reconcile();
    expect(lastReport()).toContain('"repaired":0');
  });

  it('finds the owner by the Stripe customer when the subscription does not say whose it is', async () => {
    await subscribe('bob');
    const { data } = await world.stripe.subscriptions.list();
    await world.stripe.subscriptions.update(data[0]?.id ?? '', { metadata: { userId: '' } });
    await reconcile();
    expect(await account('bob')).toMatchObject({ access: { allowed: true } });
    expect(lastReport()).toContain('"unowned":0');
  });

  it('counts, and leaves alone, a subscription that belongs to none of our users', async () => {
    const customer = await world.stripe.customers.create({ email: 'elsewhere@example.com' });
    const { data: prices } = await world.stripe.prices.list({ lookup_keys: ['starter_monthly'] });
    const session = await world.stripe.checkout.sessions.create({
      mode: 'subscription',
      customer: customer.id,
      line_items: [{ price: prices[0]?.id ?? '', quantity: 1 }],
      success_url: 'https://elsewhere.example',
    });
    await payWith(session.url ?? '', '4242424242424242');
    await reconcile();
    expect(lastReport()).toContain('"unowned":1');
  });

  it('reports a customer with two live subscriptions, as does every look at the account', async () => {
    const { data: prices } = await world.stripe.prices.list({ lookup_keys: ['starter_yearly'] });
    const { data: customers } = await world.stripe.customers.list({ limit: 100 });
    const bob = customers.find(({ metadata }) => metadata['userId'] === 'bob')?.id ?? '';
    const session = await world.stripe.checkout.sessions.create({
      mode: 'subscription',
      customer: bob,
      line_items: [{ price: prices[0]?.id ?? '', quantity: 1 }],
      success_url: 'https://elsewhere.example',
    });
    await payWith(session.url ?? '', '4242424242424242');
    await reconcile();
    const report = logged.filter((line) => line.includes('several live subscriptions') && line.includes(bob)).length;
    expect(report).toBe(1);
    expect(await account('bob')).toMatchObject({ access: { allowed: true } });
    expect(logged.filter((line) => line.includes('several live subscriptions'))).toHaveLength(2);
  });

  it('counts what it repaired, and what it cannot explain', async () => {
    const [drifted] = (await world.stripe.subscriptions.list()).data;
    const update = new UpdateCommand({
      TableName: world.table.name,
      Key: { pk: 'bob', sk: `subscription#${drifted?.id}` },
      UpdateExpression: 'SET #record.quantity = :seven',
      ExpressionAttributeNames: { '#record': 'record' },
      ExpressionAttributeValues: { ':seven': 7 },
    });
    await world.table.client.send(update);
    const before = logged.length;
    await reconcile();
    const said = logged.slice(before).map((line): unknown => JSON.parse(line));
    expect(said).toContainEqual(
      expect.objectContaining({ level: 'WARN', because: 'unexplained', before: '{"quantity":7}' }),
    );
    expect(said).toContainEqual(expect.objectContaining({ DriftRepaired: 1, Unexplained: 1 }));
    expect(said).toContainEqual(expect.objectContaining({ DuplicateSubscriptions: 1 }));
  });

  it('stops before its time is over, and the next one goes on from there', async () => {
    let looks = 0;
    await reconcile(undefined, { getRemainingTimeInMillis: () => ((looks += 1) > 2 ? 59_000 : 800_000) });
    expect(lastReport()).toContain('"ended":"stopped"');
    const seen = (report = '{}') => (JSON.parse(report) as { seen: number }).seen;
    const half = seen(lastReport());
    await reconcile();
    expect(lastReport()).toContain('"ended":"finished"');
    const { data } = await world.stripe.subscriptions.list({ status: 'all' });
    expect(half).toBeLessThan(data.length);
    expect(seen(lastReport())).toBe(data.length);
  });

  it('looks at all the others when one fails, says which, and fails at its end', async () => {
    await subscribe('carol');
    const { data } = await world.stripe.subscriptions.list();
    const poisoned = (await world.stripe.subscriptions.list({ status: 'canceled' })).data[0]?.id ?? '';
    await world.table.client.send(
      new PutCommand({
        TableName: world.table.name,
        Item: { pk: 'ada', sk: `subscription#${poisoned}`, record: 'not one' },
      }),
    );
    await expect(reconcile()).rejects.toThrow('1 could not be reconciled');
    expect(lastReport()).toContain(`"seen":${data.length}`);
    expect(logged.some((line) => line.includes('not reconciled') && line.includes(poisoned))).toBe(true);
    expect(await account('carol')).toMatchObject({ access: { allowed: true } });
  });
});
