import { openCheckout, submit } from '../../world.ts';
import { DAY, inArrears, pass, subscriber, type Visit } from './visit.ts';

async function changes(visit: Visit): Promise<void> {
  const { stripe, catalogue } = visit;
  const { subscription } = await subscriber(visit);
  const item = subscription.items.data[0]?.id ?? '';
  await pass(visit, 5 * DAY);
  await stripe.subscriptions.update(subscription.id, { items: [{ id: item, price: catalogue.starterMonthly.id }] });
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item, quantity: 3 }],
    proration_behavior: 'always_invoice',
  });
  await stripe.subscriptions.update(subscription.id, { items: [{ id: item, price: catalogue.proYearly.id }] });
  await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true, metadata: { why: 'moving' } });
  await stripe.subscriptions.update(subscription.id, { cancel_at: '', cancellation_details: { comment: 'stays' } });
  await stripe.subscriptions.update(subscription.id, { pause_collection: { behavior: 'void' } });
  await stripe.subscriptions.update(subscription.id, { pause_collection: '' });
  await stripe.subscriptions.cancel(subscription.id, { cancellation_details: { feedback: 'unused' } });
}

async function pausing(visit: Visit): Promise<void> {
  const { world, stripe, catalogue } = visit;
  const { customer, url } = await openCheckout(world, {
    price: catalogue.proMonthly.id,
    trialDays: 14,
    session: { payment_method_collection: 'if_required' },
    data: { trial_settings: { end_behavior: { missing_payment_method: 'pause' } } },
  });
  await submit(url);
  await pass(visit, 15 * DAY);
  const [paused] = (await stripe.subscriptions.list({ customer: customer.id, status: 'paused' })).data;
  if (paused === undefined) throw new Error('the trial without a card was not paused');
  const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
  await stripe.subscriptions.update(paused.id, { default_payment_method: method.id });
  await stripe.subscriptions.resume(paused.id);
}

async function byApi(visit: Visit): Promise<void> {
  const { stripe, catalogue } = visit;
  const customer = await stripe.customers.create({ email: 'bea@example.com' });
  const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
  const made = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: catalogue.starterMonthly.id, quantity: 2 }],
    default_payment_method: method.id,
    metadata: { userId: 'bea' },
    expand: ['latest_invoice', 'customer', 'default_payment_method'],
  });
  await stripe.subscriptions.pause(made.id, { type: 'subscription' });
}

export async function subscriptions(visit: Visit): Promise<void> {
  await changes(visit);
  await pausing(visit);
  await byApi(visit);
  await inArrears(visit);
}
