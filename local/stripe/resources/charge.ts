import type Stripe from 'stripe';
import { newId } from '../core/ids.ts';
import type { Decline } from '../life/test-cards.ts';

/** All that the simulator leaves empty. */
const FRESH = {
  object: 'charge',
  amount_refunded: 0,
  application: null,
  application_fee: null,
  application_fee_amount: null,
  balance_transaction: null,
  calculated_statement_descriptor: null,
  disputed: false,
  failure_balance_transaction: null,
  fraud_details: {},
  livemode: false,
  on_behalf_of: null,
  receipt_email: null,
  receipt_number: null,
  receipt_url: null,
  refunded: false,
  review: null,
  shipping: null,
  source: null,
  source_transfer: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  transfer_data: null,
  transfer_group: null,
} satisfies Partial<Stripe.Charge>;

function cardDetails(card: Stripe.PaymentMethod.Card, authenticated: boolean): Stripe.Charge.PaymentMethodDetails.Card {
  const secure: Stripe.Charge.PaymentMethodDetails.Card.ThreeDSecure = {
    authentication_flow: 'challenge',
    electronic_commerce_indicator: '05',
    exemption_indicator: null,
    result: 'authenticated',
    result_reason: null,
    transaction_id: null,
    version: '2.2.0',
  };
  return {
    amount_authorized: null,
    authorization_code: null,
    brand: card.brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: null },
    country: card.country,
    electronic_commerce_indicator: null,
    exp_month: card.exp_month,
    exp_year: card.exp_year,
    fingerprint: card.fingerprint ?? null,
    funding: card.funding,
    installments: null,
    last4: card.last4,
    mandate: null,
    network: card.brand,
    network_transaction_id: null,
    regulated_status: card.regulated_status,
    three_d_secure: authenticated ? secure : null,
    transaction_link_id: null,
    wallet: null,
  };
}

const accountDetails = (
  account: Stripe.PaymentMethod.UsBankAccount,
): Stripe.Charge.PaymentMethodDetails.UsBankAccount => ({
  account_holder_type: account.account_holder_type,
  account_type: account.account_type,
  bank_name: account.bank_name,
  fingerprint: account.fingerprint,
  last4: account.last4,
  payment_reference: null,
  routing_number: account.routing_number,
});

const ibanDetails = (debit: Stripe.PaymentMethod.SepaDebit): Stripe.Charge.PaymentMethodDetails.SepaDebit => ({
  bank_code: debit.bank_code,
  branch_code: debit.branch_code,
  country: debit.country,
  fingerprint: debit.fingerprint,
  last4: debit.last4,
  mandate: null,
});

function outcomeOf(decline: Decline | null): Stripe.Charge.Outcome {
  const paid = decline === null;
  return {
    advice_code: paid ? null : 'try_again_later',
    network_advice_code: null,
    network_decline_code: null,
    network_status: paid ? 'approved_by_network' : 'declined_by_network',
    reason: decline?.decline_code ?? null,
    risk_level: 'normal',
    risk_score: 10,
    seller_message: paid ? 'Payment complete.' : 'The bank did not return any further details with this decline.',
    type: paid ? 'authorized' : 'issuer_declined',
  };
}

export interface ChargeFacts {
  readonly intent: Stripe.PaymentIntent;
  readonly method: Stripe.PaymentMethod;
  /** Null when it was paid. */
  readonly decline: Decline | null;
  /** By 3-D Secure, for this very payment. */
  readonly authenticated: boolean;
  readonly now: number;
}

/** One try of a payment intent, paid or declined. */
export function newCharge({ intent, method, decline, authenticated, now }: ChargeFacts): Stripe.Charge {
  const paid = decline === null;
  return {
    ...FRESH,
    id: newId('ch'),
    amount: intent.amount,
    amount_captured: paid ? intent.amount : 0,
    billing_details: { ...method.billing_details },
    captured: paid,
    created: now,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    metadata: { ...intent.metadata },
    outcome: outcomeOf(decline),
    paid,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: {
      type: method.type,
      ...(method.card && { card: cardDetails(method.card, authenticated) }),
      ...(method.us_bank_account && { us_bank_account: accountDetails(method.us_bank_account) }),
      ...(method.sepa_debit && { sepa_debit: ibanDetails(method.sepa_debit) }),
    },
    status: paid ? 'succeeded' : 'failed',
  };
}
