import type Stripe from 'stripe';
import { card, submit } from '../../world.ts';
import { DAY, pass, type Visit } from './visit.ts';

const SHIPPED_TO = { line1: '1 Dock Road', city: 'London', country: 'GB' };

/** What is sold once at Checkout: to a customer and to guests, by card and by bank, paid, refused and forgotten. */
export async function sales(visit: Visit): Promise<void> {
  const { stripe } = visit;
  const { sessions } = stripe.checkout;
  const price_data = {
    currency: 'usd',
    unit_amount: 700,
    product_data: { name: 'Poster', metadata: { kind: 'poster' } },
  };
  const sale: Stripe.Checkout.SessionCreateParams = {
    mode: 'payment',
    line_items: [{ price_data, quantity: 2 }],
    success_url: 'http://localhost:4242/thanks',
    customer_email: 'grace@example.com',
    allowed_payment_method_types: ['card', 'us_bank_account'],
    payment_intent_data: {
      setup_future_usage: 'off_session',
      metadata: { order: '17' },
      shipping: { name: 'Grace', address: SHIPPED_TO, phone: '1234567890' },
    },
  };

  const paid = await sessions.create({ ...sale, customer_creation: 'always', submit_type: 'pay' });
  await submit(paid.url ?? '', card('4000 0000 0000 0002'));
  await submit(paid.url ?? '', card());
  await sessions.retrieve(paid.id, { expand: ['payment_intent.latest_charge', 'line_items.data.price.product'] });

  const asked = await sessions.create(sale);
  const { location } = await submit(asked.url ?? '', card('4000 0027 6000 3184'));
  await submit(location ?? '', { result: 'failed' });
  await sessions.expire(asked.id);

  for (const account of ['000123456789', '000111111116']) {
    const { url } = await sessions.create(sale);
    await submit(url ?? '', { by: 'account', account });
  }
  await pass(visit, 5 * DAY);

  const billing_details = { name: 'Grace', email: 'grace@example.com', address: SHIPPED_TO };
  for (const iban of ['AT611904300234573201', 'IT60X0542811101000000123456']) {
    const debit = await stripe.paymentMethods.create({ type: 'sepa_debit', sepa_debit: { iban }, billing_details });
    const asked = { amount: 700, currency: 'eur', payment_method: debit.id, confirm: true };
    const { id } = await stripe.paymentIntents.create(asked);
    await stripe.paymentIntents.retrieve(id, { expand: ['latest_charge', 'payment_method'] });
  }
}
