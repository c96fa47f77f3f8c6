import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type Stripe from 'stripe';
import { card, handClock, look, makeCatalogue, startWorld, subscribed, submit, type World } from './world.ts';

let world: World;
let customer: Stripe.Customer;

beforeEach(async () => {
  world = await startWorld({ clock: handClock() });
  customer = await world.stripe.customers.create({ email: 'ada@example.com' });
});
afterEach(() => world.stop());

const attached = (name: string) => world.stripe.paymentMethods.attach(name, { customer: customer.id });
const types = async (limit: number): Promise<string[]> =>
  (await world.stripe.events.list({ limit })).data.map(({ type }) => type).toReversed();

describe('a payment off session', () => {
  const charge = (method: string) =>
    world.stripe.paymentIntents.create({
      amount: 4200,
      currency: 'usd',
      customer: customer.id,
      payment_method: method,
      off_session: true,
      confirm: true,
    });

  it('charges a card that was kept', async () => {
    const { id } = await attached('pm_card_visa');
    const intent = await charge(id);
    expect(intent).toMatchObject({ status: 'succeeded', amount_received: 4200, payment_method: id });
    expect(await types(3)).toEqual(['payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded']);
  });

  it('is declined by the bank with its words, and can be tried again with another card', async () => {
    const { id } = await attached('pm_card_chargeCustomerFail');
    const refused = charge(id);
    await expect(refused).rejects.toMatchObject({ statusCode: 402, code: 'card_declined' });
    const [intent] = (await world.stripe.paymentIntents.list()).data;
    expect(intent?.status).toBe('requires_payment_method');
    const good = await attached('pm_card_visa');
    const paid = await world.stripe.paymentIntents.confirm(intent?.id ?? '', { payment_method: good.id });
    expect(paid.status).toBe('succeeded');
  });

  it('is declined when the bank wants the customer there', async () => {
    const { id } = await attached('pm_card_authenticationRequired');
    await expect(charge(id)).rejects.toMatchObject({ statusCode: 402, code: 'authentication_required' });
  });

  it('is never of another customer’s card', async () => {
    const other = await world.stripe.customers.create({});
    const method = await world.stripe.paymentMethods.attach('pm_card_visa', { customer: other.id });
    await expect(charge(method.id)).rejects.toMatchObject({ code: 'resource_missing' });
  });
});

describe('a payment with its customer there', () => {
  it('waits for 3-D Secure, and leads back to the shop', async () => {
    const intent = await world.stripe.paymentIntents.create({
      amount: 100,
      currency: 'usd',
      payment_method: 'pm_card_authenticationRequired',
      confirm: true,
      return_url: 'http://localhost:4242/paid',
    });
    expect(intent).toMatchObject({
      status: 'requires_action',
      next_action: { redirect_to_url: { return_url: 'http://localhost:4242/paid' } },
    });
    const url = intent.next_action?.redirect_to_url?.url ?? '';
    expect((await look(url)).headers.get('content-security-policy')).toContain('http://localhost:4242');
    expect(await submit(url, { result: 'passed' })).toMatchObject({ location: 'http://localhost:4242/paid' });
    expect((await world.stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded');
  });

  it('can be given up until it is paid', async () => {
    const intent = await world.stripe.paymentIntents.create({ amount: 100, currency: 'usd' });
    expect(await world.stripe.paymentIntents.cancel(intent.id)).toMatchObject({ status: 'canceled' });
    await expect(world.stripe.paymentIntents.confirm(intent.id)).rejects.toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
  });

  it('of an invoice pays the invoice', async () => {
    const { proMonthly } = await makeCatalogue(world);
    const subscription = await world.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: proMonthly.id }],
      payment_behavior: 'default_incomplete',
    });
    const [intent] = (await world.stripe.paymentIntents.list({ customer: customer.id })).data;
    await world.stripe.paymentIntents.confirm(intent?.id ?? '', { payment_method: 'pm_card_visa' });
    expect((await world.stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
  });
});

describe('a setup intent', () => {
  const setUp = (method: string) =>
    world.stripe.setupIntents.create({ customer: customer.id, payment_method: method, confirm: true });

  it('keeps a card for later, also one that will fail', async () => {
    expect(await setUp('pm_card_chargeCustomerFail')).toMatchObject({ status: 'succeeded', usage: 'off_session' });
    expect((await world.stripe.customers.listPaymentMethods(customer.id)).data).toHaveLength(1);
    expect(await types(3)).toEqual(['setup_intent.created', 'payment_method.attached', 'setup_intent.succeeded']);
  });

  it('keeps no card that is declined', async () => {
    await expect(setUp('pm_card_visa_chargeDeclined')).rejects.toMatchObject({
      statusCode: 402,
      setup_intent: { status: 'requires_payment_method' },
    });
    expect(await types(1)).toEqual(['setup_intent.setup_failed']);
  });

  it('once authenticated needs nobody at the payments to come', async () => {
    const intent = await setUp('pm_card_authenticationRequiredOnSetup');
    expect(intent.status).toBe('requires_action');
    await submit(intent.next_action?.redirect_to_url?.url ?? '', { result: 'passed' });
    const [method] = (await world.stripe.customers.listPaymentMethods(customer.id)).data;
    const paid = await world.stripe.paymentIntents.create({
      amount: 100,
      currency: 'usd',
      customer: customer.id,
      payment_method: method?.id ?? '',
      off_session: true,
      confirm: true,
    });
    expect(paid.status).toBe('succeeded');
  });
});

describe('a checkout session in setup mode', () => {
  const open = () =>
    world.stripe.checkout.sessions.create({
      mode: 'setup',
      currency: 'usd',
      customer: customer.id,
      success_url: 'http://localhost:4242/saved',
    });

  it('keeps a card and charges nothing; no default is changed', async () => {
    const { proMonthly } = await makeCatalogue(world);
    const { subscription } = await subscribed(world, { price: proMonthly.id });
    const session = await open();
    expect(session).toMatchObject({ mode: 'setup', amount_total: null, payment_status: 'no_payment_required' });
    expect((await look(session.url ?? '')).text).toContain('Save card');
    expect(await submit(session.url ?? '', card())).toMatchObject({ location: 'http://localhost:4242/saved' });
    const done = await world.stripe.checkout.sessions.retrieve(session.id, { expand: ['setup_intent'] });
    expect(done).toMatchObject({ status: 'complete', setup_intent: { status: 'succeeded', customer: customer.id } });
    expect(await types(3)).toEqual(['payment_method.attached', 'setup_intent.succeeded', 'checkout.session.completed']);
    const after = await world.stripe.subscriptions.retrieve(subscription.id);
    expect(after.default_payment_method).toBe(subscription.default_payment_method);
    expect(await world.stripe.customers.retrieve(customer.id)).toMatchObject({
      invoice_settings: { default_payment_method: null },
    });
  });

  it('sells nothing', async () => {
    const { proMonthly } = await makeCatalogue(world);
    const made = world.stripe.checkout.sessions.create({
      mode: 'setup',
      currency: 'usd',
      customer: customer.id,
      success_url: 'http://localhost:4242/saved',
      line_items: [{ price: proMonthly.id, quantity: 1 }],
    });
    await expect(made).rejects.toMatchObject({ statusCode: 400, param: 'line_items' });
  });
});
