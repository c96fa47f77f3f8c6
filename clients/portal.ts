import type Stripe from 'stripe';

/** The address of a new session of Stripe's billing portal, from which the customer comes back to `returnUrl`. */
export async function openPortal(
  stripe: Stripe,
  customer: string,
  configuration: string,
  returnUrl: string,
): Promise<string> {
  const { url } = await stripe.billingPortal.sessions.create({ customer, configuration, return_url: returnUrl });
  return url;
}
