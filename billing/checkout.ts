import type Stripe from 'stripe';
import { METADATA } from './metadata.ts';
import type { Plan } from './plans.ts';
import type { SubscriptionRecord } from './subscription.ts';

/** The one open checkout session of a user, as the customer record remembers it. */
export interface RememberedCheckout {
  readonly sessionId: string;
  readonly plan: string;
}

/**
 * Where somebody pays, in the words of Stripe's `ui_mode`: on Stripe's page, on Stripe's page inside ours, or on our own
 * with Stripe's Payment Element.
 */
export const UI_MODES = ['hosted_page', 'embedded_page', 'elements'] as const;
export type UiMode = (typeof UI_MODES)[number];

export interface CheckoutOrder {
  readonly userId: string;
  readonly customerId: string;
  readonly plan: Plan;
  readonly priceId: string;
  readonly trial: boolean;
  readonly uiMode: UiMode;
  /** The page's origin, without a slash at its end. */
  readonly siteUrl: string;
}

/** Trials once a user: whoever ever had one, in any subscription, has used it. */
export function trialAvailable(subscriptions: readonly Pick<SubscriptionRecord, 'trialStart'>[]): boolean {
  return subscriptions.every((subscription) => subscription.trialStart === null);
}

/**
 * Ways to pay whose money comes, or does not come, days later. Stripe calls a subscription active meanwhile, which would
 * be access before the money. Stripe's list: https://docs.stripe.com/payments/payment-methods#payment-notification
 */
const DELAYED = [
  'acss_debit',
  'au_becs_debit',
  'bacs_debit',
  'boleto',
  'customer_balance',
  'konbini',
  'multibanco',
  'nz_bank_account',
  'oxxo',
  'payto',
  'sepa_debit',
  'sofort',
  'us_bank_account',
] as const;

/** Everything about the sale is decided here, on the server: price, quantity, trial, where the customer returns to. */
export function checkoutSessionParams(order: CheckoutOrder): Stripe.Checkout.SessionCreateParams {
  const metadata = { [METADATA.userId]: order.userId };
  const trialDays = order.trial ? order.plan.trialDays : 0;
  return {
    mode: 'subscription',
    customer: order.customerId,
    client_reference_id: order.userId,
    metadata,
    line_items: [{ price: order.priceId, quantity: 1 }],
    excluded_payment_method_types: [...DELAYED],
    subscription_data: { metadata, ...(trialDays > 0 && { trial_period_days: trialDays }) },
    ...waysBack(order),
  };
}

/** Stripe takes other addresses, and refuses these, when it is our own page on which somebody pays. */
function waysBack({ uiMode, siteUrl }: CheckoutOrder) {
  const paid = `${siteUrl}/success?session_id={CHECKOUT_SESSION_ID}`;
  return uiMode === 'hosted_page'
    ? { success_url: paid, cancel_url: `${siteUrl}/cancel` }
    : { ui_mode: uiMode, return_url: paid };
}

export interface CardOrder {
  readonly userId: string;
  readonly customerId: string;
  /** Of what may be charged later: Stripe offers the ways of paying that fit it. */
  readonly currency: string;
  readonly siteUrl: string;
}

/** A checkout that sells nothing: the customer gives a card, and agrees that it may be charged later. */
export function cardSessionParams(order: CardOrder): Stripe.Checkout.SessionCreateParams {
  const metadata = { [METADATA.userId]: order.userId };
  return {
    mode: 'setup',
    customer: order.customerId,
    client_reference_id: order.userId,
    currency: order.currency,
    // A debit from a bank account takes days to fail: what is charged later is charged to a card.
    allowed_payment_method_types: ['card'],
    metadata,
    setup_intent_data: { metadata },
    success_url: `${order.siteUrl}/pay?session_id={CHECKOUT_SESSION_ID}`,
    cancel_url: `${order.siteUrl}/pay`,
  };
}
