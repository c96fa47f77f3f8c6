import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sim } from './sim.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

describe('a key', () => {
  it('that expired is refused, as Stripe words it, and others go on', async () => {
    await sim(world, 'POST /keys', { key: 'sk_test_x', expired: true });
    await expect(world.stripe.customers.list()).rejects.toMatchObject({
      type: 'StripeAuthenticationError',
      code: 'api_key_expired',
    });
    expect((await world.sdk('sk_test_y').customers.list()).data).toEqual([]);
    await sim(world, 'POST /keys', { key: 'sk_test_x', expired: false });
    expect((await world.stripe.customers.list()).data).toEqual([]);
  });

  it('that is restricted lacks the rights that were taken from it, and Stripe names them', async () => {
    const restricted = world.sdk('rk_test_x');
    await sim(world, 'POST /keys', { key: 'rk_test_x', without: ['/v1/customers'] });
    await expect(restricted.customers.update('cus_1', {})).rejects.toMatchObject({
      type: 'StripePermissionError',
      message: expect.stringContaining("'rak_customer_write'"),
    });
    await expect(restricted.customers.retrieve('cus_1')).rejects.toThrow("'rak_customer_read'");
    expect((await restricted.prices.list()).data).toEqual([]);
  });

  it('that is publishable is known to be one', async () => {
    await expect(world.sdk('pk_test_x').prices.list()).rejects.toMatchObject({
      statusCode: 403,
      code: 'secret_key_required',
    });
  });

  it.each([
    [{}, '"key" is missing'],
    [{ key: 'sk_live_1', expired: true }, 'no test key'],
    [{ key: 'sk_test_x', without: ['/v1/customers'] }, 'Only a restricted key'],
    [{ key: 'rk_test_x', without: ['customers'] }, 'no list of paths'],
    [{ key: 'rk_test_x', rights: [] }, 'There is no "rights"'],
  ])('is not changed by what makes no sense: %j', async (body, why) => {
    expect(await sim(world, 'POST /keys', body)).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining(why) } },
    });
  });
});
