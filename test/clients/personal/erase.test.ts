import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type Stripe from 'stripe';
import { HANDLED_EVENTS } from '../../../billing/events.ts';
import { erasurePlan } from '../../../clients/personal/plan.ts';
import { announcedAccess } from '../../../clients/access-changes/announced.ts';
import { announcer } from '../../../clients/access-changes/announcer.ts';
import { userToLookAt } from '../../../clients/access-changes/images.ts';
import { chargeRecords } from '../../../clients/records/charges.ts';
import { customerRecords } from '../../../clients/records/customers.ts';
import { users } from '../../../clients/records/users.ts';
import { decideAccess, type AccessPolicy } from '../../../billing/access.ts';
import { everything } from '../../functions/everything.ts';
import { openAccount, type Account } from '../reconcile/account.ts';
import { bought, bySubscribing, eraseFrom, MARKER, NOW } from './bought.ts';

let account: Account;
beforeAll(async () => {
  account = await openAccount();
});
afterAll(() => account.stop());

const policy: AccessPolicy = { graceDays: 7 };

async function itemsOf(userId: string): Promise<Record<string, unknown>[]> {
  return Object.values(await everything(account.store)).filter(({ pk }) => pk === userId);
}

/** Every event that a webhook would bring about somebody, the oldest first. */
async function eventsOf(who: string): Promise<Stripe.Event[]> {
  const { data } = await account.stripe.events.list({ limit: 100, types: [...HANDLED_EVENTS] });
  return data.filter((event) => JSON.stringify(event).includes(who)).toReversed();
}

const deliver = async (events: readonly Stripe.Event[]) => {
  for (const event of events) await account.parts().sync.event(event);
};

describe('an erasure', () => {
  it('ends and forgets: subscriptions, checkouts, the customer at Stripe and the records, and nobody else’s', async () => {
    const { customerId } = await bought(account, 'ada');
    await bySubscribing(account, 'bob');
    await account.run();
    const others = await itemsOf('bob');
    expect((await eraseFrom(account, 'ada')).steps).toEqual([]);

    expect(await itemsOf('ada')).toEqual([MARKER]);
    expect(await users(account.table).read('ada', 'now')).toEqual({ customer: undefined, subscriptions: [] });
    expect(await account.stripe.customers.retrieve(customerId)).toMatchObject({ deleted: true });
    const left = await account.stripe.subscriptions.list({ customer: customerId, status: 'all' });
    expect(left.data).toMatchObject([{ status: 'canceled', metadata: {} }]);
    const sessions = await account.stripe.checkout.sessions.list({ customer: customerId });
    expect(sessions.data.map(({ status }) => status)).toEqual(['expired', 'complete']);
    expect(await itemsOf('bob')).toEqual(others);
  });

  it('is a plan before it is done, and changes nothing by being made', async () => {
    const { customerId } = await bySubscribing(account, 'cy');
    await account.run();
    const before = await everything(account.store);
    const { steps } = await erasurePlan(account.stripe, account.table, 'cy');
    expect(steps).toMatchObject([
      { kind: 'end subscription', status: 'active', live: true, marked: true, paidUntil: expect.any(Number) },
      { kind: 'delete customer', customerId },
      { kind: 'forget customer', customerId, sk: 'customer' },
    ]);
    expect(await everything(account.store)).toEqual(before);
    expect(await account.stripe.customers.retrieve(customerId)).not.toHaveProperty('deleted');
  });

  it('of somebody who is unknown, or was erased, has nothing to do', async () => {
    const plan = (userId: string) => erasurePlan(account.stripe, account.table, userId);
    expect(await plan('nobody')).toEqual({ userId: 'nobody', known: false, steps: [], charges: 0 });
    expect(await plan('ada')).toEqual({ userId: 'ada', known: true, steps: [], charges: 0 });
  });

  it('gives up what is owed for charges, and keeps their amounts', async () => {
    const { customerId } = await bySubscribing(account, 'dan');
    const { id } = await account.stripe.paymentIntents.create({ amount: 500, currency: 'usd', customer: customerId });
    const charge = { runId: 'fee', customerId, amount: 500, currency: 'usd', description: 'December' };
    const declined = { status: 'declined', declineCode: 'insufficient_funds', checkoutSessionId: null } as const;
    const made = { ...charge, ...declined, paymentIntentId: id, attemptedAt: 1 };
    await chargeRecords(account.table).add('dan', made);
    expect(await eraseFrom(account, 'dan')).toMatchObject({ steps: [], charges: 1 });
    expect((await account.stripe.paymentIntents.retrieve(id)).status).toBe('canceled');
    expect(await chargeRecords(account.table).all('dan')).toMatchObject([{ ...charge, status: 'canceled' }]);
    expect(JSON.stringify(await itemsOf('dan'))).not.toContain('example.com');
  });

  it('goes on when the user buys again meanwhile', async () => {
    const { customerId } = await bySubscribing(account, 'eve');
    let again = '';
    const buyAgain = async () => {
      const fresh = await account.stripe.customers.create({ metadata: { userId: 'eve' } });
      const former = await customerRecords(account.store).read('eve');
      if (former) await customerRecords(account.store).replace('eve', former, { customerId: fresh.id, email: null });
      again = fresh.id;
    };
    const left = await eraseFrom(account, 'eve', {
      done: async ({ kind }) => {
        if (kind === 'end subscription') await buyAgain();
      },
    });
    expect(left.steps).toEqual([]);
    for (const id of [customerId, again])
      expect(await account.stripe.customers.retrieve(id)).toMatchObject({ deleted: true });
    expect((await itemsOf('eve')).filter(({ erased }) => erased !== true)).toEqual([]);
  });
});

describe('after an erasure', () => {
  it('events that come late, again and in any order, and reconcile, bring nothing back', async () => {
    await bought(account, 'fay');
    await eraseFrom(account, 'fay');
    const events = await eventsOf('fay');
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['customer.subscription.created', 'checkout.session.completed']),
    );
    const left = await itemsOf('fay');
    const deliveries = fc.shuffledSubarray([...events, ...events, ...events], {
      minLength: events.length,
      maxLength: 2 * events.length,
    });
    await fc.assert(
      fc.asyncProperty(deliveries, async (late) => {
        await deliver(late);
        expect(await itemsOf('fay')).toEqual(left);
      }),
      { numRuns: 5 },
    );
    const { report } = await account.run();
    expect(report).toMatchObject({ failed: { count: 0 }, missing: { count: 0 } });
    expect(await itemsOf('fay')).toEqual(left);
  });

  it('nothing comes back either when the events were in flight while it ran', async () => {
    await bought(account, 'guy');
    const events = await eventsOf('guy');
    await Promise.all([eraseFrom(account, 'guy'), ...events.map((event) => deliver([event]))]);
    await deliver(events);
    expect((await itemsOf('guy')).filter(({ erased }) => erased !== true)).toEqual([]);
  });

  it('whoever comes back under the same id begins anew, and late events of before change nothing', async () => {
    const first = await bySubscribing(account, 'hal');
    const before = await eventsOf(first.customerId);
    await deliver(before);
    await eraseFrom(account, 'hal');
    const { customerId } = await bySubscribing(account, 'hal');
    await deliver([...(await eventsOf(customerId)), ...before]);
    expect(await users(account.table).read('hal', 'now')).toMatchObject({
      customer: { customerId },
      subscriptions: [{ record: { customerId, status: 'active' } }],
    });
  });

  it('it is told that the access is lost, under an id of its own also for whoever comes back', async () => {
    const told: string[] = [];
    const announce = announcer({
      access: announcedAccess(account.table),
      bus: { tell: async (changes) => void told.push(...changes.map(({ type, id }) => `${type} ${id}`)) },
      decide: (records, now) => decideAccess(records, now, policy),
      now: () => NOW,
    });
    await bySubscribing(account, 'ida');
    await account.run();
    await announce('ida');
    await eraseFrom(account, 'ida');
    await announce('ida');
    await bySubscribing(account, 'ida');
    await account.run();
    await announce('ida');
    expect(told).toEqual(['access.granted ida/1', 'access.lost ida/2', 'access.granted ida/3']);
  });

  it('the table’s own deletion of a marker is no change of access', () => {
    const OldImage = { erased: { BOOL: true }, asOf: { M: {} } };
    expect(userToLookAt({ Keys: { pk: { S: 'ada' } }, OldImage }, policy)).toBeUndefined();
  });
});
