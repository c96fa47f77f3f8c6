import { card, submit } from '../../world.ts';
import type { Visit } from './visit.ts';

const EXPAND = ['customer', 'payment_method'];

async function payments({ stripe }: Visit, customer: string): Promise<void> {
  const { paymentIntents } = stripe;
  const amount = { amount: 4200, currency: 'usd', customer };
  const { id: kept } = await stripe.paymentMethods.attach('pm_card_visa', { customer });
  await paymentIntents.create({ ...amount, payment_method: kept, off_session: true, confirm: true, expand: EXPAND });
  const asking = await stripe.paymentMethods.attach('pm_card_authenticationRequired', { customer });
  const refused = { ...amount, payment_method: asking.id, off_session: true, confirm: true };
  await paymentIntents.create(refused).catch(() => undefined);
  const waiting = await paymentIntents.create({ ...amount, payment_method: asking.id, confirm: true });
  await submit(waiting.next_action?.redirect_to_url?.url ?? '', { result: 'failed' });
  await paymentIntents.confirm(waiting.id, { payment_method: kept });
  await paymentIntents.cancel((await paymentIntents.create(amount)).id, { cancellation_reason: 'abandoned' });
}

async function setups({ stripe }: Visit, customer: string): Promise<void> {
  const { setupIntents } = stripe;
  const asking = { customer, payment_method: 'pm_card_authenticationRequiredOnSetup', confirm: true };
  for (const result of ['passed', 'failed']) {
    const waiting = await setupIntents.create({ ...asking, return_url: 'http://localhost:4242/kept' });
    await submit(waiting.next_action?.redirect_to_url?.url ?? '', { result });
  }
  const declined = { customer, payment_method: 'pm_card_visa_chargeDeclined' };
  await setupIntents.create({ ...declined, confirm: true }).catch(() => undefined);
  const intent = await setupIntents.create({ customer, usage: 'on_session', metadata: { for: 'later' } });
  await setupIntents.confirm(intent.id, { payment_method: 'pm_card_visa', expand: EXPAND });
  await setupIntents.retrieve(intent.id, { expand: EXPAND });
  await setupIntents.cancel((await setupIntents.create({ customer })).id);
  await setupIntents.list({ customer, limit: 3 });
}

async function setupMode({ stripe }: Visit, customer: string): Promise<void> {
  const session = await stripe.checkout.sessions.create({
    mode: 'setup',
    currency: 'usd',
    customer,
    success_url: 'http://localhost:4242/kept',
    setup_intent_data: { description: 'A card for later', metadata: { for: 'later' } },
  });
  await submit(session.url ?? '', card());
  await stripe.checkout.sessions.retrieve(session.id, { expand: ['setup_intent'] });
}

/** Payments without an invoice, and cards that are kept for later. */
export async function intents(visit: Visit): Promise<void> {
  const { id } = await visit.stripe.customers.create({ email: 'grace@example.com' });
  await payments(visit, id);
  await setups(visit, id);
  await setupMode(visit, id);
}
