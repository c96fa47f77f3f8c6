import { card, openCheckout, submit } from '../../world.ts';
import { DAY, pass, subscriber, type Visit } from './visit.ts';

export async function checkout(visit: Visit): Promise<void> {
  const { world, stripe, catalogue } = visit;
  const monthly = { price: catalogue.proMonthly.id };
  const { session } = await subscriber(visit);
  await stripe.checkout.sessions.retrieve(session.id, {
    expand: ['customer', 'subscription.latest_invoice', 'subscription.default_payment_method', 'line_items.data.price'],
  });
  await stripe.checkout.sessions.listLineItems(session.id);

  const declined = await openCheckout(world, monthly);
  await submit(declined.url, card('4000 0000 0000 0002'));
  await submit(declined.url, card('4000 0000 0000 9995'));
  await stripe.checkout.sessions.expire(declined.session.id);

  const trial = await openCheckout(world, { ...monthly, trialDays: 14 });
  await submit(trial.url, card());
  const forgotten = await openCheckout(world, monthly);
  await pass(visit, 15 * DAY);
  await stripe.checkout.sessions.retrieve(forgotten.session.id);
}
