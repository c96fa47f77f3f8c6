import { until } from '../../world.ts';
import type { Visit } from './visit.ts';

const DAY = 86_400;

/** Customers who live by a clock of their own: made on it, put on it, advanced, looked at, and deleted with it. */
export async function clocks({ stripe, clock, catalogue }: Visit): Promise<void> {
  const { testClocks } = stripe.testHelpers;
  const later = await stripe.customers.create({ email: 'later@example.com' });
  const begin = clock.now() - 400 * DAY;
  const { id } = await testClocks.create({ frozen_time: begin, name: 'A month', customer: later.id });
  const customer = await stripe.customers.create({
    test_clock: id,
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  });
  await stripe.subscriptions.create({ customer: customer.id, items: [{ price: catalogue.proMonthly.id }] });
  await stripe.invoiceItems.create({ customer: customer.id, amount: 500, currency: 'usd', expand: ['test_clock'] });
  await testClocks.advance(id, { frozen_time: begin + 40 * DAY });
  await until(async () => (await testClocks.retrieve(id)).status === 'ready');
  await stripe.subscriptions.list({ test_clock: id, expand: ['data.test_clock', 'data.latest_invoice'] });
  await stripe.customers.list({ test_clock: id, expand: ['data.test_clock'] });
  await testClocks.list({ limit: 1 });
  await testClocks.del(id);
}
