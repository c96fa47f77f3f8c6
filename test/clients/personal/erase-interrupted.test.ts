import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { everything } from '../../functions/everything.ts';
import { openAccount, type Account } from '../reconcile/account.ts';
import { bySubscribing, eraseFrom, MARKER } from './bought.ts';

let account: Account;
beforeAll(async () => {
  account = await openAccount();
});
afterAll(() => account.stop());

/** Stripe's SDK asks once more when a connection breaks. */
const BROKEN = { dynamo: ['after'], calls: ['after', 'before'] } as const;

/** Erases a user, cut off after so many calls; then again. @returns whether it was cut off */
async function erasedInTwo(userId: string, through: 'dynamo' | 'calls', calls: number): Promise<boolean> {
  account[through].break([...Array<'none'>(calls).fill('none'), ...BROKEN[through]]);
  const cutOff = await eraseFrom(account, userId).then(
    () => false,
    () => true,
  );
  account[through].break([]);
  await eraseFrom(account, userId);
  return cutOff;
}

it.each(['dynamo', 'calls'] as const)(
  'an erasure that is interrupted after any of its calls (%s) and begun again ends the same',
  async (through) => {
    for (let calls = 0, cutOff = true; cutOff; calls += 1) {
      const userId = `user-${through}-${calls}`;
      const { customerId } = await bySubscribing(account, userId);
      cutOff = await erasedInTwo(userId, through, calls);
      const { data } = await account.stripe.subscriptions.list({ customer: customerId, status: 'all' });
      const items = Object.values(await everything(account.store)).filter(({ pk }) => pk === userId);
      expect(items).toEqual([MARKER]);
      expect(data).toMatchObject([{ status: 'canceled', metadata: {} }]);
      expect(await account.stripe.customers.retrieve(customerId)).toMatchObject({ deleted: true });
      expect(cutOff || calls > 4).toBe(true);
    }
  },
);
