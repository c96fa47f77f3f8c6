import type Stripe from 'stripe';
import { idOf } from '../../billing/subscription.ts';
import { liveOf, type Customer } from './customer.ts';
import type { Act } from './history.ts';
import type { Mail } from './mail.ts';
import type { World } from './world.ts';

/** Who changes what; what cannot be changed now is refused by Stripe, and nothing happens. */
interface Change {
  readonly world: World;
  readonly stripe: Stripe;
  readonly mail: Mail;
  readonly subscription: Stripe.Subscription;
}

const CHANGES = {
  'dearer plan': (change) => toPlan(change, 'pro_monthly'),
  'cheaper plan': (change) => toPlan(change, 'starter_monthly'),
  'yearly plan': (change) => toPlan(change, 'pro_yearly'),
  'cancel later': (change) => update(change, { cancel_at_period_end: true }),
  'take back': (change) => update(change, { cancel_at_period_end: false }),
  'cancel now': ({ stripe, subscription }) => stripe.subscriptions.cancel(subscription.id),
  'pause collection': (change) => update(change, { pause_collection: { behavior: 'void' } }),
  'resume collection': (change) => update(change, { pause_collection: null }),
  pause: ({ stripe, subscription }) => stripe.subscriptions.pause(subscription.id, { type: 'subscription' }),
  resume: ({ stripe, subscription }) => stripe.subscriptions.resume(subscription.id),
  refund,
  'delete customer': ({ stripe, subscription }) => stripe.customers.del(idOf(subscription.customer)),
  'card fails once': ({ mail }) => mail.settings({ declineNextCharges: 1 }),
  'card fails': ({ mail }) => mail.settings({ declineNextCharges: 9 }),
  'pay what is open': payOpen,
} satisfies Partial<Record<Act, (change: Change) => Promise<unknown>>>;

type StripeAct = 'sold by phone' | keyof typeof CHANGES;

export const isStripeAct = (act: Act): act is StripeAct => act === 'sold by phone' || Object.hasOwn(CHANGES, act);

/** @returns what Stripe said against it, if anything */
export async function changeAtStripe(
  world: World,
  mail: Mail,
  customer: Customer,
  act: StripeAct,
): Promise<string | undefined> {
  const subscription = await liveOf(world, customer);
  try {
    if (act === 'sold by phone') return subscription ? 'has a subscription' : await sellByPhone(world, customer);
    if (!subscription) return 'no subscription';
    await CHANGES[act]({ world, stripe: world.stripe, mail, subscription });
    return undefined;
  } catch (error) {
    if (error instanceof Error && 'type' in error && error.type !== 'StripeAPIError') return error.message;
    throw error;
  }
}

/** In Stripe's dashboard, where nobody writes whose it is: only its customer tells. */
async function sellByPhone({ stripe }: World, { id, soldTo }: Customer): Promise<string | undefined> {
  const { data } = await stripe.customers.list({ limit: 100 });
  const customer = data.find(({ metadata }) => metadata['userId'] === id)?.id;
  if (customer === undefined) return 'no customer';
  soldTo.add(customer);
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer });
  const { data: prices } = await stripe.prices.list({ lookup_keys: ['starter_monthly'] });
  const items = [{ price: prices[0]?.id ?? '' }];
  await stripe.subscriptions.create({ customer, items, default_payment_method: card.id });
  return undefined;
}

const update = ({ stripe, subscription }: Change, params: Stripe.SubscriptionUpdateParams) =>
  stripe.subscriptions.update(subscription.id, params);

async function toPlan(change: Change, lookupKey: string): Promise<unknown> {
  const { data } = await change.stripe.prices.list({ lookup_keys: [lookupKey] });
  const [item] = change.subscription.items.data;
  return update(change, { items: [{ id: item?.id ?? '', price: data[0]?.id ?? '' }] });
}

async function refund({ stripe, subscription }: Change): Promise<unknown> {
  const { data } = await stripe.charges.list({ customer: idOf(subscription.customer), limit: 100 });
  const charge = data.find(({ paid, refunded }) => paid && !refunded);
  return charge && stripe.refunds.create({ charge: charge.id });
}

/** The customer has a better card now. */
async function payOpen({ stripe, mail, subscription }: Change): Promise<unknown> {
  await mail.settings({ declineNextCharges: 0 });
  const { data } = await stripe.invoices.list({ subscription: subscription.id, status: 'open', limit: 100 });
  const [invoice] = data;
  return invoice && stripe.invoices.pay(invoice.id);
}
