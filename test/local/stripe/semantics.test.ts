import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeCatalogue, openCheckout, startWorld, subscribed, type World } from './world.ts';

let world: World;
let catalogue: Awaited<ReturnType<typeof makeCatalogue>>;
beforeAll(async () => {
  world = await startWorld();
  catalogue = await makeCatalogue(world);
});
afterAll(() => world.stop());

/** A call as no SDK would make it. */
async function raw(method: string, path: string, body?: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${world.url}${path}`, {
    method,
    headers: {
      authorization: 'Bearer sk_test_x',
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    },
    ...(body !== undefined && { body }),
  });
  return { status: response.status, headers: response.headers, json: JSON.parse(await response.text()) };
}

describe('an idempotency key', () => {
  it('makes a repeated call one call, and says so', async () => {
    const first = await raw('POST', '/v1/customers', 'name=Ada', { 'idempotency-key': 'a' });
    const again = await raw('POST', '/v1/customers', 'name=Ada', { 'idempotency-key': 'a' });
    expect(again.json).toEqual(first.json);
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.headers.get('original-request')).toBe(first.headers.get('request-id'));
  });

  it('belongs to its parameters', async () => {
    await raw('POST', '/v1/customers', 'name=Ada', { 'idempotency-key': 'b' });
    const other = await raw('POST', '/v1/customers', 'name=Eve', { 'idempotency-key': 'b' });
    expect(other.status).toBe(400);
    expect(other.json.error.type).toBe('idempotency_error');
  });

  it('may be used again after a call that was refused', async () => {
    await raw('POST', '/v1/products', 'nam=Ada', { 'idempotency-key': 'c' });
    expect((await raw('POST', '/v1/products', 'name=Ada', { 'idempotency-key': 'c' })).status).toBe(200);
  });
});

describe('a list', () => {
  it('is newest first, in pages', async () => {
    const email = 'pages@example.com';
    const made = [];
    for (let count = 0; count < 5; count += 1) made.unshift((await world.stripe.customers.create({ email })).id);
    const ids = (list: { data: { id: string }[] }) => list.data.map(({ id }) => id);
    const first = await world.stripe.customers.list({ email, limit: 2 });
    expect([ids(first), first.has_more]).toEqual([made.slice(0, 2), true]);
    const second = await world.stripe.customers.list({ email, limit: 3, starting_after: made[1] ?? '' });
    expect([ids(second), second.has_more]).toEqual([made.slice(2), false]);
    const back = await world.stripe.customers.list({ email, limit: 2, ending_before: made[4] ?? '' });
    expect([ids(back), back.has_more]).toEqual([made.slice(2, 4), true]);
    const all = await world.stripe.customers.list({ email, limit: 2 }).autoPagingToArray({ limit: 100 });
    expect(ids({ data: all })).toEqual(made);
  });
});

describe('expand', () => {
  it('puts objects where their ids were', async () => {
    const { session, customer, subscription } = await subscribed(world, { price: catalogue.proMonthly.id });
    const expanded = await world.stripe.checkout.sessions.retrieve(session.id, {
      expand: ['customer', 'subscription.latest_invoice', 'subscription.default_payment_method', 'line_items'],
    });
    expect(expanded).toMatchObject({
      customer: { id: customer.id, object: 'customer' },
      subscription: {
        id: subscription.id,
        latest_invoice: { object: 'invoice' },
        default_payment_method: { object: 'payment_method' },
      },
      line_items: { data: [{ price: { id: catalogue.proMonthly.id }, amount_total: 2900 }] },
    });
  });

  it('reaches into lists', async () => {
    const prices = await world.stripe.prices.list({ lookup_keys: ['pro_monthly'], expand: ['data.product'] });
    expect(prices.data).toMatchObject([{ product: { id: 'pro', name: 'Pro' } }]);
    const { data } = await world.stripe.subscriptions.list({ limit: 1, expand: ['data.items.data.price.product'] });
    expect(data[0]?.items.data[0]?.price.product).toMatchObject({ id: 'pro' });
  });

  it('refuses what is no reference', async () => {
    const { customer } = await openCheckout(world, { price: catalogue.proMonthly.id });
    const call = world.stripe.customers.retrieve(customer.id, { expand: ['email'] });
    await expect(call).rejects.toMatchObject({ statusCode: 400, param: 'expand' });
    const unknown = world.stripe.customers.retrieve(customer.id, { expand: ['nonsense'] });
    await expect(unknown).rejects.toThrow('This property cannot be expanded (nonsense).');
  });
});

describe('the catalogue', () => {
  it('has a product once by its own id', async () => {
    const again = world.stripe.products.create({ id: 'pro', name: 'Pro' });
    await expect(again).rejects.toMatchObject({ code: 'resource_already_exists' });
  });

  it('finds a product by any id that was chosen for it', async () => {
    await world.stripe.products.create({ id: 'gold plan/2', name: 'Gold' });
    expect((await world.stripe.products.retrieve('gold plan/2')).name).toBe('Gold');
    expect((await raw('GET', '/v1/products/%E0%A4%A')).status).toBe(404);
  });

  it('gives a lookup key to another price only when told to', async () => {
    const price = { product: 'pro', currency: 'usd', unit_amount: 1, lookup_key: 'moved' };
    const first = await world.stripe.prices.create(price);
    await expect(world.stripe.prices.create(price)).rejects.toMatchObject({ param: 'lookup_key' });
    const second = await world.stripe.prices.create({ ...price, transfer_lookup_key: true });
    expect((await world.stripe.prices.retrieve(first.id)).lookup_key).toBeNull();
    const found = await world.stripe.prices.list({ lookup_keys: ['moved'] });
    expect(found.data.map(({ id }) => id)).toEqual([second.id]);
  });

  it('finds prices by product and whether they are sold', async () => {
    const { id } = await world.stripe.prices.create({ product: 'starter', currency: 'usd', unit_amount: 5 });
    await world.stripe.prices.update(id, { active: false });
    const sold = await world.stripe.prices.list({ product: 'starter', active: true });
    const retired = await world.stripe.prices.list({ product: 'starter', active: false });
    expect(sold.data.map((price) => price.id)).toEqual([catalogue.starterMonthly.id]);
    expect(retired.data.map((price) => price.id)).toEqual([id]);
  });

  it('has decimals that the SDK understands', async () => {
    const price = await world.stripe.prices.retrieve(catalogue.proMonthly.id);
    expect(price.unit_amount_decimal?.toString()).toBe('2900');
  });

  it('sends no event when an update changes nothing', async () => {
    await world.stripe.products.update('pro', { name: 'Pro' });
    const { data } = await world.stripe.events.list({ type: 'product.updated' });
    expect(data).toEqual([]);
  });
});

describe('a portal configuration', () => {
  it('shows its products only when they are asked for', async () => {
    const made = await world.stripe.billingPortal.configurations.create({
      features: {
        subscription_update: {
          enabled: true,
          default_allowed_updates: ['price'],
          products: [{ product: 'pro', prices: [catalogue.proMonthly.id] }],
        },
      },
    });
    expect(made.features.subscription_update).not.toHaveProperty('products');
    const expanded = await world.stripe.billingPortal.configurations.retrieve(made.id, {
      expand: ['features.subscription_update.products'],
    });
    expect(expanded.features.subscription_update.products).toMatchObject([{ product: 'pro' }]);
  });

  it('takes only prices of the product they are listed with', async () => {
    const products = [{ product: 'starter', prices: [catalogue.proMonthly.id] }];
    const features = { subscription_update: { enabled: true, default_allowed_updates: ['price' as const], products } };
    await expect(world.stripe.billingPortal.configurations.create({ features })).rejects.toMatchObject({
      statusCode: 400,
      param: 'features[subscription_update][products][0][prices]',
    });
  });

  it('is needed for a portal session', async () => {
    const { customer } = await openCheckout(world, { price: catalogue.proMonthly.id });
    const call = world.stripe.billingPortal.sessions.create({ customer: customer.id });
    await expect(call).rejects.toMatchObject({ statusCode: 400, param: 'configuration' });
  });
});
