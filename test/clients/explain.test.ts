import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { adviceOn } from '../../bin/explain/advice.ts';
import { wordsOf } from '../../bin/explain/words.ts';
import { idOf, subscriptionRecord } from '../../billing/subscription.ts';
import { explain, type Explanation } from '../../clients/explain/explain.ts';
import { users } from '../../clients/records/users.ts';
import { advance } from '../local/stripe/sim.ts';
import { openAccount, type Account } from './reconcile/account.ts';

const DAY = 86_400;

let account: Account;
beforeEach(async () => {
  account = await openAccount();
});
afterEach(() => account.stop());

async function told(asked: string): Promise<{ told: Explanation; advice: string[]; words: string }> {
  const parts = { ...account.parts(), users: users(account.table), policy: { graceDays: 7 }, now: 0 };
  const told = await explain(parts, asked);
  const advice = adviceOn(told);
  return { told, advice, words: wordsOf(told, advice).join('\n') };
}

async function settled(userId: string) {
  const subscription = await account.subscribe(userId);
  await account.run();
  return { ...subscription, customerId: idOf(subscription.customer) };
}

/** An endpoint that nobody answers at. */
const deaf = () => account.stripe.webhookEndpoints.create({ url: 'http://127.0.0.1:9/webhook', enabled_events: ['*'] });

describe('an explanation', () => {
  it('is the same asked by user, by customer and by subscription', async () => {
    const { id, customerId } = await settled('ada');
    const { told: byUser, advice } = await told('ada');
    expect(byUser).toMatchObject({
      userId: 'ada',
      decision: { allowed: true, reason: 'active', subscription: { id } },
      customer: { id: customerId, stripe: 'there', names: 'ada' },
      subscriptions: [{ id, known: { version: 1 }, access: { allowed: true }, stripe: { is: 'the same' } }],
    });
    expect(advice).toEqual([]);
    for (const asked of [customerId, id]) {
      const { told: same } = await told(asked);
      expect({ ...same, asked: 'ada', now: 0 }).toEqual({ ...byUser, now: 0 });
    }
  });

  it('decides at Stripe’s time, by the policy that the stack has', async () => {
    const { id, customerId } = await settled('ada');
    await account.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customerId });
    const { data } = await account.stripe.customers.listPaymentMethods(customerId);
    const failing = data.find((card) => card.card?.last4 === '0341')?.id ?? '';
    await account.stripe.customers.update(customerId, { invoice_settings: { default_payment_method: failing } });
    await advance({ url: account.url }, 32 * DAY);
    await account.run();
    expect((await told(id)).told.decision).toMatchObject({ allowed: true, reason: 'past_due_grace' });
    await advance({ url: account.url }, 7 * DAY);
    await account.run();
    const { words } = await told(id);
    expect(words).toMatch(/^User ada: has no access \((past_due|canceled)\)/);
  });

  it('marks what differs at Stripe, and says how to repair it', async () => {
    const subscription = await settled('ada');
    await account.spoil('ada', subscription.id, { ...subscriptionRecord(subscription), status: 'canceled' });
    const { words, advice } = await told('ada');
    expect(words).toContain('DIFFERENT: status is active, recorded canceled');
    expect(advice).toEqual([expect.stringContaining('npm run operator -- reconcile')]);
    await account.run();
    expect((await told('ada')).advice).toEqual([]);
  });

  it('shows which events were not delivered', async () => {
    const { id } = await settled('ada');
    await deaf();
    await account.stripe.subscriptions.cancel(id);
    const { words, advice, told: all } = await told('ada');
    expect(all.told.events[0]).toMatchObject({ type: 'customer.subscription.deleted', about: id, delivered: false });
    expect(words).toContain('NOT DELIVERED');
    expect(advice).toContainEqual(expect.stringContaining('were not delivered'));
  });
});

describe('what is off is said with what to do', () => {
  it('for a user who pays twice', async () => {
    const first = await settled('ada');
    const second = await account.subscribe('ada', first);
    await account.run();
    const { advice } = await told('ada');
    expect(advice).toEqual([expect.stringMatching(/pays twice/)]);
    for (const { id } of [first, second]) expect(advice[0]).toContain(id);
  });

  it('for a subscription without a record', async () => {
    const { id } = await account.subscribe('ada');
    const { advice, words } = await told('ada');
    expect(words).toContain('there, active, but without a record');
    expect(advice).toEqual([expect.stringContaining(id)]);
  });

  it('for a record that Stripe does not know', async () => {
    const subscription = await settled('ada');
    await account.spoil('ada', 'sub_gone', { ...subscriptionRecord(subscription), id: 'sub_gone' });
    expect((await told('ada')).advice).toContainEqual(expect.stringContaining('Stripe has no sub_gone'));
  });

  it('for a customer that was deleted at Stripe, or names another user', async () => {
    const { customerId } = await settled('ada');
    await account.stripe.customers.update(customerId, { metadata: { userId: 'bob' } });
    expect((await told('ada')).advice).toEqual([expect.stringContaining('names user bob')]);
    await account.stripe.customers.del(customerId);
    await account.run();
    expect((await told('ada')).advice).toEqual([expect.stringContaining('deleted at Stripe')]);
  });

  it('for a customer without a record, who would be made a second time', async () => {
    await settled('ada');
    await account.forgetCustomer('ada');
    expect((await told('ada')).advice).toEqual([expect.stringContaining('not recorded for ada')]);
  });

  it.each(['cus_nobody', 'sub_nobody', 'nobody'])('for what nobody knows: %s', async (asked) => {
    const { told: all, advice } = await told(asked);
    expect(all.decision).toMatchObject({ allowed: false, reason: 'no_subscription' });
    expect(advice).toHaveLength(1);
  });

  it('for what is none of ours', async () => {
    const { id } = await account.subscribe(null);
    const { told: all, advice } = await told(id);
    expect(all.userId).toBeNull();
    expect(advice).toEqual([expect.stringContaining('help backfill')]);
  });
});

it('an explanation changes nothing, and holds no key', async () => {
  await settled('ada');
  account.dynamo.taken();
  account.calls.taken();
  const { words, told: all } = await told('ada');
  expect(account.dynamo.taken().filter((call) => /Put|Update|Delete/.test(call))).toEqual([]);
  expect(account.calls.taken().filter((call) => !call.startsWith('GET'))).toEqual([]);
  expect(words + JSON.stringify(all)).not.toMatch(/(sk|rk|pk|whsec)_/);
});
