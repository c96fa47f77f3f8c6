import type Stripe from 'stripe';
import { orCustomerGone } from './customer-gone.ts';

/** The address of a new session of Stripe's billing portal, from which the customer comes back to `returnUrl`. @throws CustomerGone */
export async function openPortal(
  stripe: Stripe,
  customer: string,
  configuration: string,
  returnUrl: string,
): Promise<string> {
  const session = stripe.billingPortal.sessions.create({ customer, configuration, return_url: returnUrl });
  return (await orCustomerGone(session)).url;
}
