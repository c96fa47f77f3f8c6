import type Stripe from 'stripe';
import { handClock, makeCatalogue, subscribed, startWorld, type World } from '../../world.ts';

export const HOUR = 3_600;
export const DAY = 24 * HOUR;

/** A world in which the scenario is lived, one step after another. */
export interface Visit {
  readonly world: World;
  readonly stripe: Stripe;
  readonly clock: ReturnType<typeof handClock>;
  readonly catalogue: Awaited<ReturnType<typeof makeCatalogue>>;
  readonly receiver: string;
}

/** @param receiver the address of a webhook endpoint that answers */
export async function startVisit(receiver: string): Promise<Visit> {
  const clock = handClock();
  const world = await startWorld({ clock });
  return { world, stripe: world.stripe, clock, catalogue: await makeCatalogue(world), receiver };
}

/** Lets time pass, and all that falls due in it happen. */
export async function pass({ clock, stripe }: Visit, seconds: number): Promise<void> {
  clock.moveTo(clock.now() + seconds);
  await stripe.events.list({ limit: 1 });
}

/** Someone who pays each month by a card that pays. */
export const subscriber = ({ world, catalogue }: Visit) => subscribed(world, { price: catalogue.proMonthly.id });

/** Lets the period end: the renewal's invoice is a draft for an hour. */
export async function passPeriod(visit: Visit, subscription: Stripe.Subscription): Promise<void> {
  const end = Math.max(...subscription.items.data.map((item) => item.current_period_end));
  await pass(visit, end - visit.clock.now());
}

/** Someone whose first renewal was not paid: the subscription is past due, and its invoice open. @param card what fails */
export async function inArrears(visit: Visit, card = 'pm_card_chargeCustomerFail') {
  const { stripe } = visit;
  const { customer, subscription } = await subscriber(visit);
  const method = await stripe.paymentMethods.attach(card, { customer: customer.id });
  await stripe.subscriptions.update(subscription.id, { default_payment_method: method.id });
  await passPeriod(visit, subscription);
  await pass(visit, 2 * HOUR);
  const [invoice] = (await stripe.invoices.list({ subscription: subscription.id, status: 'open' })).data;
  if (invoice === undefined) throw new Error('the renewal was paid');
  return { customer, subscription, invoice };
}
