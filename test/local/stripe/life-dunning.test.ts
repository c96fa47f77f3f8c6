import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type Stripe from 'stripe';
import {
  card,
  handClock,
  look,
  makeCatalogue,
  openCheckout,
  setAccount,
  startWorld,
  subscribed,
  submit,
  type World,
} from './world.ts';

const DAY = 86_400;
const HOUR = 3_600;
const at = (month: number, day: number): number => Date.UTC(2027, month - 1, day, 12) / 1000;
const RENEWAL = at(2, 28);
const FAILS_LATER = '4000 0000 0000 0341';

let clock: ReturnType<typeof handClock>;
let world: World;
let catalogue: Awaited<ReturnType<typeof makeCatalogue>>;

beforeEach(async () => {
  clock = handClock(at(1, 31));
  world = await startWorld({ clock });
  catalogue = await makeCatalogue(world);
});
afterEach(() => world.stop());

const typesSince = async (since: number): Promise<string[]> => {
  const { data } = await world.stripe.events.list({ limit: 100, created: { gte: since } });
  return data.map((event) => event.type).toReversed();
};
const latestInvoice = async (subscription: string): Promise<Stripe.Invoice> => {
  const [invoice] = (await world.stripe.invoices.list({ subscription, limit: 1 })).data;
  if (invoice === undefined) throw new Error('no invoice');
  return invoice;
};

/** A monthly subscriber whose card stops paying before the first renewal. */
async function failing() {
  const { customer, subscription } = await subscribed(world, { price: catalogue.proMonthly.id });
  const method = await world.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customer.id });
  await world.stripe.subscriptions.update(subscription.id, { default_payment_method: method.id });
  const current = () => world.stripe.subscriptions.retrieve(subscription.id);
  return { customer, subscription, method, current };
}

describe('a renewal that fails', () => {
  it('makes the subscription past due, and says when it is tried again', async () => {
    const { customer, subscription, method, current } = await failing();
    clock.moveTo(RENEWAL + HOUR);
    expect(await current()).toMatchObject({ status: 'past_due', items: { data: [{ current_period_start: RENEWAL }] } });
    const invoice = await latestInvoice(subscription.id);
    expect(invoice).toMatchObject({
      status: 'open',
      attempt_count: 1,
      attempted: true,
      amount_remaining: 2900,
      next_payment_attempt: RENEWAL + HOUR + 3 * DAY,
    });
    expect(await world.stripe.customers.retrieve(customer.id)).toMatchObject({ delinquent: true });
    const { data } = await world.stripe.invoicePayments.list({
      invoice: invoice.id,
      expand: ['data.payment.payment_intent.latest_charge'],
    });
    expect(data[0]?.payment.payment_intent).toMatchObject({
      status: 'requires_payment_method',
      payment_method: null,
      last_payment_error: { code: 'card_declined', payment_method: { id: method.id } },
      latest_charge: { status: 'failed', paid: false, failure_code: 'card_declined' },
    });
  });

  it('is told in order: period, draft, charge, intent, invoice, subscription', async () => {
    await failing();
    clock.moveTo(RENEWAL + HOUR);
    expect(await typesSince(RENEWAL)).toEqual([
      'customer.subscription.updated',
      'invoice.created',
      'payment_intent.created',
      'invoice.finalized',
      'charge.failed',
      'payment_intent.payment_failed',
      'invoice.updated',
      'invoice.payment_failed',
      'customer.updated',
      'customer.subscription.updated',
    ]);
    const [change] = (await world.stripe.events.list({ type: 'customer.subscription.updated', limit: 1 })).data;
    expect(change?.data.previous_attributes).toEqual({ status: 'active' });
  });

  it('is tried again after 3, 5 and 7 days, then ends the subscription', async () => {
    const { subscription, current } = await failing();
    const first = RENEWAL + HOUR;
    clock.moveTo(first + 15 * DAY - 1);
    expect((await current()).status).toBe('past_due');
    clock.moveTo(first + 15 * DAY);
    expect(await current()).toMatchObject({
      status: 'canceled',
      ended_at: first + 15 * DAY,
      cancellation_details: { reason: 'payment_failed' },
    });
    const failures = await world.stripe.events.list({ type: 'invoice.payment_failed' });
    expect(failures.data.map((event) => event.created).toReversed()).toEqual(
      [0, 3, 8, 15].map((days) => first + days * DAY),
    );
    expect(await latestInvoice(subscription.id)).toMatchObject({
      status: 'open',
      attempt_count: 4,
      auto_advance: false,
      next_payment_attempt: null,
    });
  });

  it('can leave the subscription unpaid: its next invoices wait as drafts until the last one is paid', async () => {
    await setAccount(world, { retryAfterDays: [], afterRetries: 'unpaid' });
    const { customer, subscription, current } = await failing();
    clock.moveTo(RENEWAL + HOUR);
    expect((await current()).status).toBe('unpaid');
    const owed = await latestInvoice(subscription.id);
    clock.moveTo(at(3, 31) + HOUR);
    expect(await latestInvoice(subscription.id)).toMatchObject({ status: 'draft', auto_advance: false });

    const good = await world.stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    await world.stripe.invoices.pay(owed.id, { payment_method: good.id });
    expect((await current()).status).toBe('active');
  });

  it('can leave the subscription past due, which then renews as before', async () => {
    await setAccount(world, { retryAfterDays: [], afterRetries: 'past_due' });
    const { subscription, current } = await failing();
    clock.moveTo(at(3, 31) + HOUR);
    expect((await current()).status).toBe('past_due');
    const { data } = await world.stripe.invoices.list({ subscription: subscription.id });
    expect(data.map(({ status, attempt_count: count }) => [status, count])).toEqual([
      ['open', 1],
      ['open', 1],
      ['paid', 1],
    ]);
  });
});

describe('a subscriber in arrears', () => {
  it('recovers at the next retry with a new default card, which is the second attempt', async () => {
    const { customer, subscription, current } = await failing();
    clock.moveTo(RENEWAL + HOUR);
    const good = await world.stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    await world.stripe.subscriptions.update(subscription.id, { default_payment_method: good.id });
    expect((await current()).status).toBe('past_due');
    clock.moveTo(RENEWAL + HOUR + 3 * DAY);
    expect((await current()).status).toBe('active');
    expect(await latestInvoice(subscription.id)).toMatchObject({ status: 'paid', attempt_count: 2, amount_paid: 2900 });
    expect(await world.stripe.customers.retrieve(customer.id)).toMatchObject({ delinquent: false });
  });

  it('recovers by paying the hosted invoice, with any card', async () => {
    const { subscription, current } = await failing();
    clock.moveTo(RENEWAL + HOUR);
    const url = (await latestInvoice(subscription.id)).hosted_invoice_url ?? '';
    expect((await look(url)).text).toContain('Pay $29.00');
    const refused = await submit(url, card(FAILS_LATER));
    expect(refused).toMatchObject({ status: 402, text: expect.stringContaining('Your card was declined.') });
    expect((await latestInvoice(subscription.id)).attempt_count).toBe(1);
    expect(await submit(url, card())).toMatchObject({ status: 303, location: new URL(url).pathname });
    expect((await look(url)).text).not.toContain('Pay $29.00');
    expect((await current()).status).toBe('active');
    expect((await typesSince(clock.now())).slice(-8)).toEqual([
      'charge.succeeded',
      'payment_intent.succeeded',
      'invoice_payment.paid',
      'invoice.updated',
      'invoice.paid',
      'invoice.payment_succeeded',
      'customer.updated',
      'customer.subscription.updated',
    ]);
  });

  it('is refused with the bank’s words when a payment through the API fails', async () => {
    const { subscription } = await failing();
    clock.moveTo(RENEWAL + HOUR);
    const { id } = await latestInvoice(subscription.id);
    await expect(world.stripe.invoices.pay(id)).rejects.toMatchObject({
      type: 'StripeCardError',
      statusCode: 402,
      code: 'card_declined',
      decline_code: 'generic_decline',
      payment_intent: { status: 'requires_payment_method' },
    });
  });

  it('owes nothing more once the invoice is voided or written off', async () => {
    const { subscription } = await failing();
    clock.moveTo(RENEWAL + HOUR);
    const { id } = await latestInvoice(subscription.id);
    expect(await world.stripe.invoices.markUncollectible(id)).toMatchObject({
      status: 'uncollectible',
      next_payment_attempt: null,
      status_transitions: { marked_uncollectible_at: clock.now() },
    });
    expect(await world.stripe.invoices.voidInvoice(id)).toMatchObject({ status: 'void' });
    const { data } = await world.stripe.invoicePayments.list({ invoice: id });
    expect(data).toMatchObject([{ status: 'canceled' }]);
    await expect(world.stripe.invoices.pay(id)).rejects.toMatchObject({ statusCode: 400 });
  });
});

describe('a card that fails later', () => {
  it('is declined at Checkout when something is due, and kept when a trial comes first', async () => {
    const paying = await openCheckout(world, { price: catalogue.proMonthly.id });
    expect((await submit(paying.url, card(FAILS_LATER))).status).toBe(402);
    const trying = await openCheckout(world, { price: catalogue.proMonthly.id, trialDays: 14 });
    expect((await submit(trying.url, card(FAILS_LATER))).status).toBe(303);
    clock.moveTo(at(2, 14) + HOUR);
    const [subscription] = (await world.stripe.subscriptions.list({ customer: trying.customer.id })).data;
    expect(subscription?.status).toBe('past_due');
  });
});

describe('the bank', () => {
  it('declines the next charges when it is told to, whatever the card', async () => {
    const { subscription } = await subscribed(world, { price: catalogue.proMonthly.id });
    await setAccount(world, { declineNextCharges: 1 });
    clock.moveTo(RENEWAL + HOUR);
    expect((await world.stripe.subscriptions.retrieve(subscription.id)).status).toBe('past_due');
    clock.moveTo(RENEWAL + HOUR + 3 * DAY);
    expect((await world.stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
  });

  it('is set in whole days and known words only', async () => {
    await expect(setAccount(world, { retryAfterDays: [0] })).rejects.toThrow('retryAfterDays');
    await expect(setAccount(world, { afterRetries: 'nothing' })).rejects.toThrow('afterRetries');
    await expect(setAccount(world, { colour: 'red' })).rejects.toThrow('colour');
  });
});
