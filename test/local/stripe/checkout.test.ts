import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { card, look, makeCatalogue, openCheckout, startWorld, subscribed, submit, type World } from './world.ts';

let world: World;
let catalogue: Awaited<ReturnType<typeof makeCatalogue>>;
beforeAll(async () => {
  world = await startWorld();
  catalogue = await makeCatalogue(world);
});
afterAll(() => world.stop());

describe('a card that pays', () => {
  it('leads back to the shop with the session id', async () => {
    const { session, url } = await openCheckout(world, { price: catalogue.proMonthly.id });
    const answer = await submit(url, card());
    expect(answer.status).toBe(303);
    expect(answer.location).toBe(`http://localhost:4242/success?session_id=${session.id}`);
  });

  it('completes the session as paid, with an active subscription for a month', async () => {
    const { customer, session, subscription } = await subscribed(world, { price: catalogue.proMonthly.id });
    expect(session).toMatchObject({ status: 'complete', payment_status: 'paid', url: null, amount_total: 2900 });
    expect(session).toMatchObject({ client_reference_id: 'user-1', customer: customer.id });
    expect(subscription).toMatchObject({ status: 'active', customer: customer.id, cancel_at: null });
    expect(subscription.metadata).toEqual({ userId: 'user-1' });
    expect(subscription.billing_mode.type).toBe('flexible');
    const [item] = subscription.items.data;
    expect(item?.price).toMatchObject({ id: catalogue.proMonthly.id, lookup_key: 'pro_monthly' });
    const days = ((item?.current_period_end ?? 0) - (item?.current_period_start ?? 0)) / 86_400;
    expect(days).toBeGreaterThanOrEqual(28);
    expect(days).toBeLessThanOrEqual(31);
  });

  it('is charged by an invoice that names its subscription', async () => {
    const { customer, subscription } = await subscribed(world, { price: catalogue.proMonthly.id });
    const invoices = await world.stripe.invoices.list({ customer: customer.id });
    expect(invoices.data).toHaveLength(1);
    const [invoice] = invoices.data;
    expect(invoice).toMatchObject({ status: 'paid', amount_paid: 2900, billing_reason: 'subscription_create' });
    expect(invoice?.id).toBe(subscription.latest_invoice);
    expect(invoice?.parent?.subscription_details?.subscription).toBe(subscription.id);
  });

  it('becomes the payment method of the subscription, without its number', async () => {
    const { customer, subscription } = await subscribed(world, { price: catalogue.proMonthly.id });
    const methods = await world.stripe.customers.listPaymentMethods(customer.id);
    expect(methods.data.map((method) => method.id)).toEqual([subscription.default_payment_method]);
    expect(methods.data[0]?.card).toMatchObject({ brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2040 });
    expect(JSON.stringify(methods)).not.toContain('4242424242424242');
  });

  it('tells all of it in events, the completed session last', async () => {
    const { session, subscription } = await subscribed(world, { price: catalogue.proMonthly.id });
    const events = await world.stripe.events.list({ limit: 14 });
    const types = events.data.map((event) => event.type).toReversed();
    expect(types).toEqual([
      'customer.created',
      'payment_method.attached',
      'customer.subscription.created',
      'invoice.created',
      'customer.updated',
      'payment_intent.created',
      'invoice.finalized',
      'charge.succeeded',
      'payment_intent.succeeded',
      'invoice_payment.paid',
      'invoice.updated',
      'invoice.paid',
      'invoice.payment_succeeded',
      'checkout.session.completed',
    ]);
    expect(events.data[0]?.data.object).toMatchObject({ id: session.id, subscription: subscription.id });
  });
});

describe('a trial', () => {
  it('takes a card and charges nothing today', async () => {
    const { customer, session, subscription } = await subscribed(world, {
      price: catalogue.proMonthly.id,
      trialDays: 14,
    });
    expect(session).toMatchObject({ status: 'complete', payment_status: 'no_payment_required', amount_total: 0 });
    expect(subscription.status).toBe('trialing');
    expect(subscription.trial_end).toBe(subscription.start_date + 14 * 86_400);
    expect(subscription.items.data[0]?.current_period_end).toBe(subscription.trial_end);
    const invoices = await world.stripe.invoices.list({ customer: customer.id });
    expect(invoices.data).toMatchObject([{ status: 'paid', total: 0 }]);
  });

  it('is said on the page, with what is due today', async () => {
    const { url } = await openCheckout(world, { price: catalogue.proMonthly.id, trialDays: 14 });
    const { text } = await look(url);
    expect(text).toContain('$0.00');
    expect(text).toContain('$29.00 on');
  });
});

describe('a card that does not pay', () => {
  it.each([
    ['4000 0000 0000 0002', 'Your card was declined.'],
    ['4000 0000 0000 9995', 'Your card has insufficient funds.'],
  ])('%s leaves the session open and makes nothing', async (number, message) => {
    const { customer, session, url } = await openCheckout(world, { price: catalogue.proMonthly.id });
    const answer = await submit(url, card(number));
    expect(answer.status).toBe(402);
    expect(answer.text).toContain(message);
    expect(await world.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      status: 'open',
      subscription: null,
    });
    const subscriptions = await world.stripe.subscriptions.list({ customer: customer.id, status: 'all' });
    const invoices = await world.stripe.invoices.list({ customer: customer.id });
    const methods = await world.stripe.customers.listPaymentMethods(customer.id);
    expect([...subscriptions.data, ...invoices.data, ...methods.data]).toEqual([]);
  });

  it('may be followed by one that does', async () => {
    const { session, url } = await openCheckout(world, { price: catalogue.proMonthly.id });
    await submit(url, card('4000 0000 0000 0002'));
    await submit(url, card());
    expect((await world.stripe.checkout.sessions.retrieve(session.id)).status).toBe('complete');
  });

  it.each([
    [{ number: '4242 4242 4242 4243' }, 'Your card number is invalid.'],
    [{ number: '4111 1111 1111 1111' }, 'The simulator knows these cards only'],
    [{ expiration: '13 / 40' }, 'expiration date is invalid'],
    [{ expiration: '12 / 20' }, 'expiration date is in the past'],
    [{ cvc: '12' }, 'security code is incomplete'],
    [{ name: ' ' }, 'Enter the name on the card.'],
  ])('is answered next to the field: %j', async (wrong, message) => {
    const { url } = await openCheckout(world, { price: catalogue.proMonthly.id });
    const answer = await submit(url, { ...card(), ...wrong });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(message.replaceAll("'", '&#39;'));
    expect(answer.text).toContain('aria-invalid="true"');
  });

  it('is never written back into the page', async () => {
    const { url } = await openCheckout(world, { price: catalogue.proMonthly.id });
    const answer = await submit(url, { ...card('4242 4242 4242 4243'), cvc: '987', name: '<b>Ada</b>' });
    expect(answer.text).not.toContain('4242 4242 4242 4243');
    expect(answer.text).not.toContain('987');
    expect(answer.text).toContain('&lt;b&gt;Ada&lt;/b&gt;');
    expect(answer.text).toContain('12 / 40');
  });
});

describe('the page', () => {
  it('says that no money moves, what is bought and what is due, and how to go back', async () => {
    const { url } = await openCheckout(world, { price: catalogue.proMonthly.id });
    const { status, text, headers } = await look(url);
    expect(status).toBe(200);
    for (const part of ['Stripe simulator: no money moves', 'Pro', '$29.00 / month', 'ada@example.com', '/cancel']) {
      expect(text).toContain(part);
    }
    for (const label of ['Card number', 'Expiration', 'CVC', 'Name on card'])
      expect(text).toContain(`>${label}</label`);
    expect(headers.get('content-security-policy')).toContain("form-action 'self' http://localhost:4242;");
  });

  it('says so when the session is complete or expired', async () => {
    const done = await openCheckout(world, { price: catalogue.proMonthly.id });
    await submit(done.url, card());
    expect(await look(done.url)).toMatchObject({ status: 410, text: expect.stringContaining('complete') });

    const gone = await openCheckout(world, { price: catalogue.proMonthly.id });
    await world.stripe.checkout.sessions.expire(gone.session.id);
    expect(await submit(gone.url, card())).toMatchObject({ status: 410, text: expect.stringContaining('expired') });
  });

  it('refuses a form that another site posts', async () => {
    const { session, url } = await openCheckout(world, { price: catalogue.proMonthly.id });
    const answer = await submit(url, card(), { origin: 'http://evil.example' });
    expect(answer.status).toBe(422);
    expect((await world.stripe.checkout.sessions.retrieve(session.id)).status).toBe('open');
  });

  it('asks for the email when nobody knows it, and makes the customer then', async () => {
    const session = await world.stripe.checkout.sessions.create({
      mode: 'subscription',
      line_items: [{ price: catalogue.proMonthly.id, quantity: 1 }],
      success_url: 'http://localhost:4242/success',
    });
    expect(session.customer).toBeNull();
    expect((await submit(session.url ?? '', card())).text).toContain('Enter an email address.');
    await submit(session.url ?? '', { ...card(), email: 'new@example.com' });
    const complete = await world.stripe.checkout.sessions.retrieve(session.id, { expand: ['customer'] });
    expect(complete.customer).toMatchObject({ email: 'new@example.com', name: 'Ada Lovelace' });
  });
});
