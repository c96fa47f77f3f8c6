import { subscriber, type Visit } from './visit.ts';

export async function customers(visit: Visit): Promise<void> {
  const { stripe } = visit;
  const address = { line1: '1 Quay', city: 'Harbour', postal_code: '1000', country: 'NL' };
  const customer = await stripe.customers.create({ email: 'ada@example.com', address, metadata: { userId: 'ada' } });
  await stripe.customers.update(customer.id, { name: 'Ada', metadata: { userId: '', team: 'red' } });
  const visa = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: visa.id } });
  const made = await stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_mastercard' } });
  await stripe.paymentMethods.attach(made.id, { customer: customer.id });
  await stripe.paymentMethods.update(made.id, { billing_details: { name: 'Ada' }, metadata: { use: 'second' } });
  await stripe.paymentMethods.detach(made.id);
  await stripe.customers.listPaymentMethods(customer.id, { type: 'card' });
  await stripe.customers.retrieve(customer.id, {
    expand: ['invoice_settings.default_payment_method', 'subscriptions'],
  });

  const leaving = (await subscriber(visit)).customer;
  await stripe.customers.del(leaving.id);
  await stripe.customers.retrieve(leaving.id);
}
