import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { card, handClock, look, makeCatalogue, startWorld, subscribed, submit, type World } from './world.ts';

let clock: ReturnType<typeof handClock>;
let world: World;
let catalogue: Awaited<ReturnType<typeof makeCatalogue>>;

beforeEach(async () => {
  clock = handClock();
  world = await startWorld({ clock });
  catalogue = await makeCatalogue(world);
});
afterEach(() => world.stop());

const configure = (mode: 'at_period_end' | 'immediately' = 'at_period_end') =>
  world.stripe.billingPortal.configurations.create({
    business_profile: { headline: 'The Library' },
    features: {
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: { enabled: true, mode },
      subscription_update: {
        enabled: true,
        default_allowed_updates: ['price'],
        proration_behavior: 'create_prorations',
        products: [
          { product: 'starter', prices: [catalogue.starterMonthly.id] },
          { product: 'pro', prices: [catalogue.proMonthly.id, catalogue.proYearly.id] },
        ],
      },
    },
  });

async function visit(wishes: { price: string; trialDays?: number }, mode?: 'at_period_end' | 'immediately') {
  const configuration = await configure(mode);
  const { customer, subscription } = await subscribed(world, wishes);
  const session = await world.stripe.billingPortal.sessions.create({
    customer: customer.id,
    configuration: configuration.id,
    return_url: 'http://localhost:4242/',
  });
  const current = () => world.stripe.subscriptions.retrieve(subscription.id);
  return { customer, subscription, home: session.url, at: `${session.url}/${subscription.id}`, current };
}

describe('the portal', () => {
  it('shows plan, status, next payment, card and invoices, and the way back', async () => {
    const { home } = await visit({ price: catalogue.proMonthly.id });
    const { status, text } = await look(home);
    expect(status).toBe(200);
    for (const part of [
      'Stripe simulator: no money moves',
      'Pro',
      '$29.00 / month',
      'Active',
      'Next payment on',
      '28 Feb 2027',
      'Visa •••• 4242, expires 12/2040',
      'Return to The Library',
      'http://localhost:4242/',
      'Cancel subscription',
      'Change plan',
    ])
      expect(text).toContain(part);
  });

  it('links each invoice to a page of its own', async () => {
    const { home } = await visit({ price: catalogue.proMonthly.id });
    const address = /href="([^"]+\/i\/[^"]+)"/.exec((await look(home)).text)?.[1] ?? '';
    const invoice = await look(address);
    expect(invoice.status).toBe(200);
    expect(invoice.text).toContain('1 × Pro (at $29.00 / month)');
  });

  it('opens for an hour, and only with its token', async () => {
    const { home } = await visit({ price: catalogue.proMonthly.id });
    expect((await look(`${home}x`)).status).toBe(404);
    clock.moveTo(clock.now() + 3600);
    expect((await look(home)).status).toBe(410);
  });
});

describe('cancelling', () => {
  it('asks first, then ends the subscription with its period, by cancel_at', async () => {
    const { subscription, home, at, current } = await visit({ price: catalogue.proMonthly.id });
    const asked = await look(`${at}/cancel`);
    expect(asked.text).toContain('28 Feb 2027');
    expect((await current()).cancel_at).toBeNull();

    expect(await submit(`${at}/cancel`)).toMatchObject({ status: 303, location: new URL(home).pathname });
    const canceled = await current();
    expect(canceled).toMatchObject({ status: 'active', cancel_at_period_end: false, canceled_at: clock.now() });
    expect(canceled.cancel_at).toBe(subscription.items.data[0]?.current_period_end);
    expect((await look(home)).text).toContain('Ends on');
  });

  it('can be taken back until then', async () => {
    const { home, at, current } = await visit({ price: catalogue.proMonthly.id });
    await submit(`${at}/cancel`);
    expect((await look(home)).text).toContain('Don&#39;t cancel subscription');
    await submit(`${at}/keep`);
    expect(await current()).toMatchObject({ status: 'active', cancel_at: null, canceled_at: null });
  });

  it('tells what changed, both times', async () => {
    const { at, subscription } = await visit({ price: catalogue.proMonthly.id });
    await submit(`${at}/cancel`);
    await submit(`${at}/keep`);
    const { data } = await world.stripe.events.list({ type: 'customer.subscription.updated' });
    const end = subscription.items.data[0]?.current_period_end;
    expect(data.map((event) => event.data.previous_attributes)).toMatchObject([
      { cancel_at: end },
      { cancel_at: null, canceled_at: null },
    ]);
    expect(data[0]?.request).toEqual({ id: null, idempotency_key: null });
  });

  it('ends at once where the configuration says so', async () => {
    const { at, current } = await visit({ price: catalogue.proMonthly.id }, 'immediately');
    await submit(`${at}/cancel`);
    expect(await current()).toMatchObject({ status: 'canceled', ended_at: clock.now() });
    expect((await submit(`${at}/keep`)).status).toBe(404);
  });
});

describe('another card', () => {
  it('is kept for the next payment', async () => {
    const { at, home, current } = await visit({ price: catalogue.proMonthly.id });
    const { default_payment_method: before } = await current();
    await submit(`${at}/card`, { ...card(), expiration: '01 / 41' });
    expect((await current()).default_payment_method).not.toBe(before);
    expect((await look(home)).text).toContain('expires 01/2041');
  });

  it('that is declined changes nothing', async () => {
    const { at, current } = await visit({ price: catalogue.proMonthly.id });
    const before = await current();
    const answer = await submit(`${at}/card`, card('4000 0000 0000 0002'));
    expect(answer).toMatchObject({ status: 402, text: expect.stringContaining('Your card was declined.') });
    expect(await current()).toEqual(before);
  });
});

describe('changing the plan', () => {
  it('offers the prices of the configuration, without the present one', async () => {
    const { at } = await visit({ price: catalogue.proMonthly.id });
    const { text } = await look(`${at}/plan`);
    expect(text).toContain(catalogue.starterMonthly.id);
    expect(text).toContain(catalogue.proYearly.id);
    expect(text).not.toContain(`value="${catalogue.proMonthly.id}"`);
  });

  it('says what it costs before it is done', async () => {
    const { at, current } = await visit({ price: catalogue.starterMonthly.id });
    const { text } = await look(`${at}/plan?price=${catalogue.proMonthly.id}`);
    expect(text).toContain('Unused time on Starter');
    expect(text).toContain('-$9.00');
    expect(text).toContain('On the next invoice');
    expect((await current()).items.data[0]?.price.id).toBe(catalogue.starterMonthly.id);
  });

  it('keeps the period when the interval stays, and bills the difference with the next invoice', async () => {
    const { customer, subscription, current } = await visit({ price: catalogue.starterMonthly.id });
    const end = subscription.items.data[0]?.current_period_end ?? 0;
    clock.moveTo(clock.now() + 14 * 86_400);
    const session = await world.stripe.billingPortal.sessions.create({
      customer: customer.id,
      configuration: (await configure()).id,
    });
    await submit(`${session.url}/${subscription.id}/plan`, { price: catalogue.proMonthly.id });
    const changed = await current();
    expect(changed.items.data[0]).toMatchObject({ price: { id: catalogue.proMonthly.id }, current_period_end: end });

    clock.moveTo(end);
    const invoice = (await world.stripe.invoices.list({ subscription: subscription.id })).data[0];
    // Half of the 28 days are left: 450 back, 1450 for Pro, and 2900 for the month that begins.
    expect(invoice?.lines.data.map((line) => line.amount)).toEqual([-450, 1450, 2900]);
    expect(invoice?.total).toBe(3900);
  });

  it('begins a new period at once when the interval changes, and charges for it', async () => {
    const { at, subscription, current } = await visit({ price: catalogue.proMonthly.id });
    await submit(`${at}/plan`, { price: catalogue.proYearly.id });
    const changed = await current();
    expect(changed.items.data[0]).toMatchObject({
      current_period_start: clock.now(),
      current_period_end: Date.UTC(2028, 0, 31, 12) / 1000,
    });
    const [invoice] = (await world.stripe.invoices.list({ subscription: subscription.id })).data;
    expect(invoice).toMatchObject({ status: 'paid', billing_reason: 'subscription_update', amount_paid: 26100 });
    expect(changed.latest_invoice).toBe(invoice?.id);
  });

  it('ends a trial, unless the configuration lets it go on', async () => {
    const { at, subscription, current } = await visit({ price: catalogue.proMonthly.id, trialDays: 14 });
    expect((await look(`${at}/plan?price=${catalogue.starterMonthly.id}`)).text).toContain('The trial ends');
    await submit(`${at}/plan`, { price: catalogue.starterMonthly.id });
    expect(await current()).toMatchObject({ status: 'active', trial_end: clock.now() });
    const [invoice] = (await world.stripe.invoices.list({ subscription: subscription.id })).data;
    expect(invoice).toMatchObject({ status: 'paid', amount_paid: 900, billing_reason: 'subscription_update' });
  });

  it('leaves a trial as it is where the configuration says so, and charges nothing', async () => {
    const { at, subscription, current } = await visit({ price: catalogue.proMonthly.id, trialDays: 14 });
    const [configuration] = (await world.stripe.billingPortal.configurations.list()).data;
    await world.stripe.billingPortal.configurations.update(configuration?.id ?? '', {
      features: { subscription_update: { trial_update_behavior: 'continue_trial' } },
    });
    await submit(`${at}/plan`, { price: catalogue.starterMonthly.id });
    expect(await current()).toMatchObject({ status: 'trialing', trial_end: subscription.trial_end });
    expect((await world.stripe.invoices.list({ subscription: subscription.id })).data).toHaveLength(1);
  });

  it('refuses a price that is not offered', async () => {
    const { at } = await visit({ price: catalogue.proMonthly.id });
    const other = await world.stripe.prices.create({
      product: 'pro',
      currency: 'usd',
      unit_amount: 1,
      recurring: { interval: 'month' },
    });
    expect((await submit(`${at}/plan`, { price: other.id })).status).toBe(404);
  });
});
