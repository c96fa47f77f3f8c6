import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { exportDocument } from '../../../bin/export/document.ts';
import { idOf } from '../../../billing/subscription.ts';
import { isNothing, personalData } from '../../../clients/personal/export.ts';
import { customerRecords } from '../../../clients/records/customers.ts';
import { openAccount, type Account } from '../reconcile/account.ts';

let account: Account;
beforeEach(async () => {
  account = await openAccount();
});
afterEach(() => account.stop());

const dataOf = (userId: string) => personalData(account.stripe, account.table, userId);

describe('an export of what is held about a user', () => {
  it('has the records and what Stripe holds, and says what each part is', async () => {
    const { id, customer } = await account.subscribe('ada');
    await account.run();
    const document = exportDocument(await dataOf('ada'), 'https://site.example', 0);
    expect(document).toMatchObject({
      userId: 'ada',
      records: { customer: [{ pk: 'ada', customerId: customer }], subscriptions: [{ record: { id } }], other: [] },
      stripe: [
        {
          customer: { id: customer, metadata: { userId: 'ada' } },
          subscriptions: [{ id, items: [{ price: { unit_amount: 2900 } }] }],
          invoices: [{ status: 'paid', lines: [{ amount: 2900 }] }],
          payments: [{ amount: 2900, charge: { card: { brand: 'visa', last4: '4242' } } }],
          paymentMethods: [{ type: 'card', card: { last4: '4242' } }],
        },
      ],
    });
    const parts = ['records', 'stripe'].flatMap((half) =>
      Object.keys(half === 'records' ? document.records : (document.stripe[0] ?? {})).map((part) => `${half}.${part}`),
    );
    expect(Object.keys(document.about.parts)).toEqual(parts.filter((part) => part !== 'stripe.customerId'));
  });

  it('has nobody else’s data', async () => {
    await account.subscribe('ada');
    const other = await account.subscribe('bob');
    await account.subscribe(null);
    await account.run();
    const json = JSON.stringify(await dataOf('ada'));
    expect(json).not.toMatch(new RegExp(`bob|${other.id}|${idOf(other.customer)}`));
  });

  it('has a customer that a second first checkout left unrecorded, found by the email and whose it says it is', async () => {
    const { stripe } = account;
    const make = (userId: string) => stripe.customers.create({ email: 'a@example.com', metadata: { userId } });
    const [recorded, unrecorded, namesake] = [await make('ada'), await make('ada'), await make('bob')];
    await customerRecords(account.table).add('ada', { customerId: recorded.id, email: 'a@example.com' });
    const ids = (await dataOf('ada')).stripe.map(({ customerId }) => customerId);
    expect(ids).toEqual([recorded.id, unrecorded.id]);
    expect(ids).not.toContain(namesake.id);
  });

  it('has what a deleted customer left behind', async () => {
    const { id, customer } = await account.subscribe('ada');
    await account.run();
    await account.stripe.customers.del(idOf(customer));
    expect((await dataOf('ada')).stripe).toMatchObject([
      { customerId: customer, customer: null, subscriptions: [{ id, status: 'canceled' }], paymentMethods: [] },
    ]);
  });

  it('is nothing for somebody unknown', async () => {
    expect(isNothing(await dataOf('nobody'))).toBe(true);
  });
});
