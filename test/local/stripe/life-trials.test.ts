import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type Stripe from 'stripe';
import { handClock, look, makeCatalogue, openCheckout, startWorld, subscribed, submit, type World } from './world.ts';

const HOUR = 3_600;
const at = (month: number, day: number): number => Date.UTC(2027, month - 1, day, 12) / 1000;
const TRIAL_END = at(2, 14);

let clock: ReturnType<typeof handClock>;
let world: World;
let catalogue: Awaited<ReturnType<typeof makeCatalogue>>;

beforeEach(async () => {
  clock = handClock(at(1, 31));
  world = await startWorld({ clock });
  catalogue = await makeCatalogue(world);
});
afterEach(() => world.stop());

type Missing = 'cancel' | 'create_invoice' | 'pause';

/** A trial that was begun without a card. */
async function withoutCard(missing: Missing) {
  const { customer, session, url } = await openCheckout(world, {
    price: catalogue.proMonthly.id,
    trialDays: 14,
    session: { payment_method_collection: 'if_required' },
    data: { trial_settings: { end_behavior: { missing_payment_method: missing } } },
  });
  const page = await look(url);
  const answer = await submit(url);
  const current = async (): Promise<Stripe.Subscription> => {
    const [found] = (await world.stripe.subscriptions.list({ customer: customer.id, status: 'all' })).data;
    if (found === undefined) throw new Error('no subscription');
    return found;
  };
  return { customer, session, page, answer, current };
}
const eventTypes = async (): Promise<string[]> =>
  (await world.stripe.events.list({ limit: 100, created: { gte: TRIAL_END } })).data
    .map(({ type }) => type)
    .toReversed();

describe('a trial without a card', () => {
  it('begins without being asked for one', async () => {
    const { page, answer, session, current } = await withoutCard('cancel');
    expect(page.text).not.toContain('Card number');
    expect(answer.location).toBe(`http://localhost:4242/success?session_id=${session.id}`);
    expect(await current()).toMatchObject({ status: 'trialing', default_payment_method: null });
    expect(await world.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      payment_method_collection: 'if_required',
      payment_status: 'no_payment_required',
    });
  });

  it('is asked for a card all the same when something is due', async () => {
    const { url } = await openCheckout(world, {
      price: catalogue.proMonthly.id,
      session: { payment_method_collection: 'if_required' },
    });
    expect((await look(url)).text).toContain('Card number');
    expect((await submit(url)).status).toBe(422);
  });

  it('ends with its trial when that is the setting', async () => {
    const { current } = await withoutCard('cancel');
    clock.moveTo(TRIAL_END);
    expect(await current()).toMatchObject({ status: 'canceled', ended_at: TRIAL_END });
    expect(await eventTypes()).toEqual(['customer.subscription.deleted']);
  });

  it('falls past due when an invoice is made all the same', async () => {
    const { current } = await withoutCard('create_invoice');
    clock.moveTo(TRIAL_END + HOUR);
    expect((await current()).status).toBe('past_due');
    expect((await world.stripe.charges.list()).data).toEqual([]);
  });

  it('is paused when that is the setting, and resumes with a card, in a period of its own', async () => {
    const { customer, current } = await withoutCard('pause');
    clock.moveTo(TRIAL_END);
    const paused = await current();
    expect(paused.status).toBe('paused');
    expect(await eventTypes()).toEqual(['customer.subscription.updated', 'customer.subscription.paused']);

    clock.moveTo(at(4, 1));
    expect((await current()).items.data[0]?.current_period_end).toBe(TRIAL_END);
    await world.stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    const [method] = (await world.stripe.customers.listPaymentMethods(customer.id)).data;
    await world.stripe.customers.update(customer.id, {
      invoice_settings: { default_payment_method: method?.id ?? '' },
    });
    const resumed = await world.stripe.subscriptions.resume(paused.id, { billing_cycle_anchor: { type: 'now' } });
    expect(resumed).toMatchObject({ status: 'active', billing_cycle_anchor: at(4, 1) });
    expect(resumed.items.data[0]).toMatchObject({ current_period_start: at(4, 1), current_period_end: at(5, 1) });
    const [invoice] = (await world.stripe.invoices.list({ customer: customer.id, limit: 1 })).data;
    expect(invoice).toMatchObject({ id: resumed.latest_invoice, status: 'paid', amount_paid: 2900 });
    expect(await eventTypes()).toContain('customer.subscription.resumed');
  });

  it('is charged as usual when a card came meanwhile', async () => {
    const { customer, current } = await withoutCard('cancel');
    const method = await world.stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    await world.stripe.subscriptions.update((await current()).id, { default_payment_method: method.id });
    clock.moveTo(TRIAL_END + HOUR);
    expect((await current()).status).toBe('active');
  });
});

describe('a paused subscription', () => {
  it('has no periods, is given credit for what it did not use, and goes on when it is resumed', async () => {
    const { subscription } = await subscribed(world, { price: catalogue.proMonthly.id });
    clock.moveTo(at(2, 14));
    expect((await world.stripe.subscriptions.pause(subscription.id)).status).toBe('paused');
    clock.moveTo(at(4, 1));
    expect((await world.stripe.invoices.list({ subscription: subscription.id })).data).toHaveLength(1);
    expect((await world.stripe.subscriptions.resume(subscription.id)).status).toBe('active');
    const [invoice] = (await world.stripe.invoices.list({ subscription: subscription.id })).data;
    expect(invoice).toMatchObject({ total: 2900 - 1450, status: 'paid' });
  });

  it('waits for its payment when it resumes on success only', async () => {
    const { customer, subscription } = await subscribed(world, { price: catalogue.proMonthly.id });
    await world.stripe.subscriptions.pause(subscription.id, { bill_for: { unused_time_from: { type: 'none' } } });
    const bad = await world.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customer.id });
    await world.stripe.subscriptions.update(subscription.id, { default_payment_method: bad.id });
    const waiting = await world.stripe.subscriptions.resume(subscription.id, {
      payment_behavior: 'resume_on_payment_success',
    });
    expect(waiting.status).toBe('paused');
    const good = await world.stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    const [invoice] = (await world.stripe.invoices.list({ subscription: subscription.id, status: 'open' })).data;
    await world.stripe.invoices.pay(invoice?.id ?? '', { payment_method: good.id });
    expect((await world.stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
  });

  it('cannot be resumed when it is not paused', async () => {
    const { subscription } = await subscribed(world, { price: catalogue.proMonthly.id });
    await expect(world.stripe.subscriptions.resume(subscription.id)).rejects.toMatchObject({ statusCode: 400 });
  });
});

describe('paused collection', () => {
  it.each([
    ['keep_as_draft', 'draft'],
    ['mark_uncollectible', 'uncollectible'],
    ['void', 'void'],
  ] as const)('%s: the subscription stays active, its invoices are %s', async (behavior, status) => {
    const { subscription } = await subscribed(world, { price: catalogue.proMonthly.id });
    const paused = await world.stripe.subscriptions.update(subscription.id, { pause_collection: { behavior } });
    expect(paused).toMatchObject({ status: 'active', pause_collection: { behavior, resumes_at: null } });
    clock.moveTo(at(2, 28) + HOUR);
    const [invoice] = (await world.stripe.invoices.list({ subscription: subscription.id })).data;
    expect(invoice).toMatchObject({ status, amount_paid: 0 });
    expect((await world.stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
  });

  it('is taken up again at its time, or by hand', async () => {
    const { subscription } = await subscribed(world, { price: catalogue.proMonthly.id });
    await world.stripe.subscriptions.update(subscription.id, {
      pause_collection: { behavior: 'void', resumes_at: at(3, 1) },
    });
    clock.moveTo(at(3, 1));
    expect((await world.stripe.subscriptions.retrieve(subscription.id)).pause_collection).toBeNull();
    const [change] = (await world.stripe.events.list({ type: 'customer.subscription.updated', limit: 1 })).data;
    expect(change).toMatchObject({
      created: at(3, 1),
      data: { previous_attributes: { pause_collection: { behavior: 'void' } } },
    });
    await world.stripe.subscriptions.update(subscription.id, { pause_collection: { behavior: 'void' } });
    expect(
      (await world.stripe.subscriptions.update(subscription.id, { pause_collection: '' })).pause_collection,
    ).toBeNull();
  });
});
