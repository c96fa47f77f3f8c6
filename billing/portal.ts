import type Stripe from 'stripe';
import { isLive, type SubscriptionRecord } from './subscription.ts';

/** What a customer may be led to at the billing portal, past its home; Stripe's own words. */
const FLOWS = ['payment_method_update', 'subscription_update', 'subscription_cancel'] as const;
export type PortalFlow = (typeof FLOWS)[number];

export const isPortalFlow = (value: unknown): value is PortalFlow => FLOWS.some((flow) => flow === value);

/**
 * What the portal is to be opened at, and that it leads back when it is done; undefined for its home, where a flow has
 * nothing to do: no live subscription, or one that is going to end already (taking that back is at the home, too).
 *
 * @param subscription the one that decides about access
 */
export function portalFlowData(
  flow: PortalFlow,
  subscription: SubscriptionRecord | null,
  returnUrl: string,
): Stripe.BillingPortal.SessionCreateParams.FlowData | undefined {
  const after_completion = { type: 'redirect', redirect: { return_url: returnUrl } };
  if (flow === 'payment_method_update') return { type: flow, after_completion };
  if (subscription === null || !isLive(subscription)) return undefined;
  if (flow === 'subscription_cancel' && subscription.cancelAt !== null) return undefined;
  return { type: flow, [flow]: { subscription: subscription.id }, after_completion };
}
