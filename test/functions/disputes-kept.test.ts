import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { openShop, sessionIdOf, type Shop } from './shop.ts';
import { bodyOf, payWith } from './world.ts';

let shop: Shop;
const logged: string[] = [];

beforeAll(async () => {
  for (const level of ['log', 'warn'] as const)
    jest.spyOn(console, level).mockImplementation((line: unknown) => void logged.push(String(line)));
  shop = await openShop();
});
afterAll(() => shop.stop());

describe('with the policy keep, a disputed payment', () => {
  it('changes nothing; the log and a metric say that there was one', async () => {
    const url = await shop.checkout('ada', 'starter_monthly');
    await payWith(url, '4000000000000259');
    await shop.success('ada', sessionIdOf(url));
    const before = await shop.account('ada');
    const { data } = await shop.stripe.events.list({ type: 'charge.dispute.created' });
    const [event] = data;
    if (event === undefined) throw new Error('nothing was disputed');
    expect(bodyOf(await shop.deliver(event))).toMatchObject({ outcome: 'dispute_kept' });
    expect(await shop.account('ada')).toEqual(before);
    expect(before).toMatchObject({ access: { allowed: true, reason: 'active' } });
    expect(logged.some((line) => line.includes('"WARN"') && line.includes('dispute_kept'))).toBe(true);
    expect(logged.some((line) => line.includes('_aws') && line.includes('dispute_kept'))).toBe(true);
  });
});
