import type Stripe from 'stripe';
import { orCustomerGone } from './customer-gone.ts';
import { isRefused } from './stripe-api.ts';

type FlowData = Stripe.BillingPortal.SessionCreateParams.FlowData;

/**
 * The address of a new session of Stripe's billing portal, from which the customer comes back to `returnUrl`.
 *
 * @param flow where it begins; its home when Stripe refuses that, as for a subscription that has just ended
 * @throws CustomerGone
 */
export async function openPortal(
  stripe: Stripe,
  customer: string,
  configuration: string,
  returnUrl: string,
  flow?: FlowData,
): Promise<string> {
  const open = async (flow_data?: FlowData): Promise<string> => {
    const params = { customer, configuration, return_url: returnUrl, ...(flow_data && { flow_data }) };
    return (await orCustomerGone(stripe.billingPortal.sessions.create(params))).url;
  };
  try {
    return await open(flow);
  } catch (error) {
    if (flow === undefined || !isRefused(error)) throw error;
    return open();
  }
}
