import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { idOf } from '../../billing/subscription.ts';
import { advance } from '../local/stripe/sim.ts';
import { asJson, openShop, type Shop } from './shop.ts';
import { bodyOf, httpEvent, payWith } from './world.ts';

const MASTERCARD = '5555555555554444';

let shop: Shop;
beforeAll(async () => {
  jest.spyOn(console, 'log').mockReturnValue(undefined);
  shop = await openShop();
});
afterAll(() => shop.stop());

/** Someone who pays by a Visa that stands on the subscription, as Checkout writes it there. */
async function subscriber(user: string) {
  const sessionId = await shop.subscribe(user);
  await shop.success(user, sessionId);
  const { subscription, customer } = await shop.stripe.checkout.sessions.retrieve(sessionId);
  if (!subscription || !customer) throw new Error('not subscribed');
  const id = idOf(subscription);
  return { id, customer: idOf(customer), cardOf: () => brandOf(id) };
}

async function brandOf(id: string): Promise<string | undefined> {
  const { default_payment_method: card } = await shop.stripe.subscriptions.retrieve(id, {
    expand: ['default_payment_method'],
  });
  return card === null || typeof card === 'string' ? undefined : card.card?.brand;
}

/** Another card by the portal's deep link. @returns what Stripe tells of it */
async function changeCard(user: string, customer: string, number = MASTERCARD) {
  const body = JSON.stringify({ flow: 'payment_method_update' });
  await advance({ url: shop.simulator }, 60); // a card knows the second in which it was given
  const { url } = bodyOf(await shop.route.portal(httpEvent('POST', { user, body, headers: asJson })));
  await payWith(String(url), number);
  const { data } = await shop.stripe.events.list({ type: 'customer.updated' });
  const told = data.find((event) => JSON.stringify(event.data).includes(customer));
  if (!told) throw new Error('nothing was told');
  return told;
}

describe('another card as the customer’s default', () => {
  it('is what the subscription is charged to from then on', async () => {
    const { cardOf, customer } = await subscriber('ada');
    const told = await changeCard('ada', customer);
    expect(await cardOf()).toBe('visa');
    expect(bodyOf(await shop.deliver(told))).toMatchObject({ outcome: 'card_followed' });
    expect(await cardOf()).toBe('mastercard');
    expect(bodyOf(await shop.deliver(told))).toMatchObject({ outcome: 'unchanged' });
  });

  it('is not what it is charged to when the customer has given the subscription a later one since', async () => {
    const { id, cardOf, customer } = await subscriber('bob');
    const told = await changeCard('bob', customer);
    await advance({ url: shop.simulator }, 60);
    const visa = await shop.stripe.paymentMethods.attach('pm_card_visa', { customer });
    await shop.stripe.subscriptions.update(id, { default_payment_method: visa.id });
    expect(bodyOf(await shop.deliver(told))).toMatchObject({ outcome: 'unchanged' });
    expect(await cardOf()).toBe('visa');
  });

  it('lets a subscription go on that was paused because its trial ended without one', async () => {
    await shop.checkout('carol', 'pro_monthly');
    const { data: customers } = await shop.stripe.customers.list({ limit: 100 });
    const customer = customers.find(({ metadata }) => metadata['userId'] === 'carol')?.id ?? '';
    const [price] = (await shop.stripe.prices.list({ lookup_keys: ['pro_monthly'] })).data;
    const { id } = await shop.stripe.subscriptions.create({
      customer,
      items: [{ price: price?.id ?? '' }],
      metadata: { userId: 'carol' },
      trial_period_days: 14,
      trial_settings: { end_behavior: { missing_payment_method: 'pause' } },
    });
    await advance({ url: shop.simulator }, 15 * 86_400);
    expect((await shop.stripe.subscriptions.retrieve(id)).status).toBe('paused');
    await shop.deliver(await changeCard('carol', customer));
    expect(await shop.stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active' });
    expect(await brandOf(id)).toBe('mastercard');
    const [invoice] = (await shop.stripe.invoices.list({ subscription: id })).data;
    expect(invoice).toMatchObject({ status: 'paid', amount_paid: 2900 });
  });
});
