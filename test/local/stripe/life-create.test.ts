import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type Stripe from 'stripe';
import { handClock, makeCatalogue, startWorld, submit, type World } from './world.ts';

const HOUR = 3_600;
const at = (month: number, day: number): number => Date.UTC(2027, month - 1, day, 12) / 1000;

let clock: ReturnType<typeof handClock>;
let world: World;
let price: string;

beforeEach(async () => {
  clock = handClock(at(1, 31));
  world = await startWorld({ clock });
  price = (await makeCatalogue(world)).proMonthly.id;
});
afterEach(() => world.stop());

const customerWith = (method: string): Promise<Stripe.Customer> =>
  world.stripe.customers.create({ payment_method: method, invoice_settings: { default_payment_method: method } });
const create = (customer: Stripe.Customer, params: Partial<Stripe.SubscriptionCreateParams> = {}) =>
  world.stripe.subscriptions.create({ customer: customer.id, items: [{ price }], ...params });
const eventTypes = async (): Promise<string[]> =>
  (await world.stripe.events.list({ limit: 100 })).data.map(({ type }) => type).toReversed();

describe('a subscription made through the API', () => {
  it('is active once its first invoice is paid by the customer’s default card', async () => {
    const customer = await customerWith('pm_card_visa');
    const subscription = await create(customer, { items: [{ price, quantity: 3 }], metadata: { userId: 'u' } });
    expect(subscription).toMatchObject({ status: 'active', default_payment_method: null, metadata: { userId: 'u' } });
    const [invoice] = (await world.stripe.invoices.list({ subscription: subscription.id })).data;
    expect(invoice).toMatchObject({ status: 'paid', total: 8700, billing_reason: 'subscription_create' });
    expect((await eventTypes()).filter((type) => type.startsWith('customer.subscription'))).toEqual([
      'customer.subscription.created',
      'customer.subscription.updated',
    ]);
  });

  it('takes a source of a test token as well', async () => {
    const customer = await world.stripe.customers.create({ source: 'tok_visa' });
    expect(customer.default_source).toMatch(/^card_/);
    expect((await create(customer)).status).toBe('active');
  });

  it('is refused without anything to charge', async () => {
    const customer = await world.stripe.customers.create({});
    await expect(create(customer)).rejects.toMatchObject({ statusCode: 400, code: 'resource_missing' });
  });

  it('is refused another customer’s card', async () => {
    const other = await customerWith('pm_card_visa');
    const [method] = (await world.stripe.customers.listPaymentMethods(other.id)).data;
    const customer = await world.stripe.customers.create({});
    await expect(create(customer, { default_payment_method: method?.id ?? '' })).rejects.toMatchObject({
      code: 'resource_missing',
      param: 'default_payment_method',
    });
    const { id } = await create(customer, { trial_period_days: 7 });
    const change = world.stripe.subscriptions.update(id, { default_payment_method: method?.id ?? '' });
    await expect(change).rejects.toMatchObject({ code: 'resource_missing' });
  });

  it('begins with a trial, which needs no card', async () => {
    const customer = await world.stripe.customers.create({});
    const subscription = await create(customer, { trial_period_days: 14 });
    expect(subscription).toMatchObject({ status: 'trialing', trial_end: at(2, 14) });
  });

  it('can be made with its end already planned', async () => {
    const subscription = await create(await customerWith('pm_card_visa'), { cancel_at_period_end: true });
    expect(subscription).toMatchObject({ status: 'active', cancel_at: at(2, 28) });
  });
});

describe('a first payment that fails', () => {
  it('leaves the subscription incomplete, and is not tried again of itself', async () => {
    const subscription = await create(await customerWith('pm_card_chargeCustomerFail'));
    expect(subscription.status).toBe('incomplete');
    const [invoice] = (await world.stripe.invoices.list({ subscription: subscription.id })).data;
    expect(invoice).toMatchObject({ status: 'open', attempt_count: 1, next_payment_attempt: null });
  });

  it('can be made good for 23 hours; then the subscription has expired and its invoice is void', async () => {
    const customer = await customerWith('pm_card_chargeCustomerFail');
    const [kept, lost] = [await create(customer), await create(customer)];
    const good = await world.stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    const [invoice] = (await world.stripe.invoices.list({ subscription: kept.id })).data;
    await world.stripe.invoices.pay(invoice?.id ?? '', { payment_method: good.id });
    clock.moveTo(clock.now() + 23 * HOUR);
    expect((await world.stripe.subscriptions.retrieve(kept.id)).status).toBe('active');
    expect((await world.stripe.subscriptions.retrieve(lost.id)).status).toBe('incomplete_expired');
    expect((await world.stripe.invoices.list({ subscription: lost.id })).data).toMatchObject([{ status: 'void' }]);
  });

  it('makes nothing at all when that is asked for', async () => {
    const customer = await customerWith('pm_card_chargeCustomerFail');
    const made = create(customer, { payment_behavior: 'error_if_incomplete' });
    await expect(made).rejects.toMatchObject({ statusCode: 402, code: 'card_declined' });
    expect((await world.stripe.subscriptions.list({ status: 'all' })).data).toEqual([]);
  });

  it('is not tried when that is asked for: a page pays later, and its card becomes the subscription’s', async () => {
    const customer = await world.stripe.customers.create({});
    const subscription = await create(customer, {
      payment_behavior: 'default_incomplete',
      payment_settings: { save_default_payment_method: 'on_subscription' },
      expand: ['latest_invoice.confirmation_secret'],
    });
    expect(subscription.status).toBe('incomplete');
    expect(subscription.latest_invoice).toMatchObject({
      attempt_count: 0,
      confirmation_secret: { type: 'payment_intent', client_secret: expect.stringMatching(/^pi_\w+_secret_/) },
    });
    const good = await world.stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    const [invoice] = (await world.stripe.invoices.list({ subscription: subscription.id })).data;
    await world.stripe.invoices.pay(invoice?.id ?? '', { payment_method: good.id });
    expect(await world.stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      status: 'active',
      default_payment_method: good.id,
    });
  });

  it('waits for 3-D Secure, and is active once that has passed', async () => {
    const subscription = await create(await customerWith('pm_card_authenticationRequired'));
    expect(subscription.status).toBe('incomplete');
    const [intent] = (await world.stripe.paymentIntents.list()).data;
    await submit(intent?.next_action?.redirect_to_url?.url ?? '', { result: 'passed' });
    expect((await world.stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
  });
});

describe('a payment method', () => {
  it('is made of a token, attached, and detached from all that it paid for', async () => {
    const method = await world.stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_mastercard' } });
    expect(method).toMatchObject({ customer: null, card: { brand: 'mastercard', last4: '4444' } });
    const customer = await world.stripe.customers.create({});
    await world.stripe.paymentMethods.attach(method.id, { customer: customer.id });
    const subscription = await create(customer, { default_payment_method: method.id });
    await world.stripe.paymentMethods.detach(method.id);
    expect((await world.stripe.subscriptions.retrieve(subscription.id)).default_payment_method).toBeNull();
  });

  it('is never made of a raw card number', async () => {
    const made = world.stripe.paymentMethods.create({
      type: 'card',
      card: { number: '4242424242424242', exp_month: 12, exp_year: 2040, cvc: '123' },
    });
    await expect(made).rejects.toMatchObject({ statusCode: 402 });
  });
});
