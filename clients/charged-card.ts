import type Stripe from 'stripe';
import { cardView, type CardView } from '../billing/card.ts';
import { idOf } from '../billing/subscription.ts';
import { orMissing } from './stripe-api.ts';

/**
 * The card that a subscription's next charge goes to: its own, by one call, else the customer's default, by another; that is
 * the order Stripe has (https://docs.stripe.com/api/subscriptions/object#subscription_object-default_payment_method).
 *
 * @returns null when it is no card, and when subscription or customer are gone
 */
export async function readChargedCard(stripe: Stripe, subscriptionId: string): Promise<CardView | null> {
  const expand = ['default_payment_method'];
  const subscription = await orMissing(stripe.subscriptions.retrieve(subscriptionId, { expand }));
  if (!subscription) return null;
  const own = subscription.default_payment_method;
  return cardView(own ?? (await defaultOf(stripe, idOf(subscription.customer))));
}

async function defaultOf(stripe: Stripe, customerId: string): Promise<Stripe.PaymentMethod | string | null> {
  const expand = ['invoice_settings.default_payment_method'];
  const customer = await orMissing(stripe.customers.retrieve(customerId, { expand }));
  return !customer || customer.deleted ? null : customer.invoice_settings.default_payment_method;
}
