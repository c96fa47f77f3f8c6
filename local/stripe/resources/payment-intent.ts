import type Stripe from 'stripe';
import { newId, randomText } from '../core/ids.ts';

/** How every intent begins, and all that the simulator leaves empty. */
const FRESH = {
  object: 'payment_intent',
  allowed_payment_method_types: null,
  amount_capturable: 0,
  amount_received: 0,
  application: null,
  application_fee_amount: null,
  automatic_payment_methods: null,
  canceled_at: null,
  cancellation_reason: null,
  capture_method: 'automatic',
  confirmation_method: 'automatic',
  customer_account: null,
  excluded_payment_method_types: null,
  last_payment_error: null,
  latest_charge: null,
  livemode: false,
  managed_payments: null,
  next_action: null,
  on_behalf_of: null,
  payment_method_configuration_details: null,
  payment_method_options: {
    card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' },
  },
  payment_record: null,
  processing: null,
  receipt_email: null,
  review: null,
  shipping: null,
  source: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  transfer_data: null,
  transfer_group: null,
} satisfies Partial<Stripe.PaymentIntent>;

export interface IntentFacts {
  /** In the currency's minor unit. */
  readonly amount: number;
  readonly currency: string;
  readonly customer: string | null;
  readonly method: string | null;
  readonly description: string | null;
  readonly futureUsage: 'off_session' | 'on_session' | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly now: number;
}

/** A payment that nobody has tried to make yet. */
export function newIntent(facts: IntentFacts): Stripe.PaymentIntent {
  const id = newId('pi');
  return {
    ...FRESH,
    id,
    amount: facts.amount,
    client_secret: `${id}_secret_${randomText(25)}`,
    created: facts.now,
    currency: facts.currency,
    customer: facts.customer,
    description: facts.description,
    metadata: { ...facts.metadata },
    payment_method: facts.method,
    payment_method_types: ['card'],
    setup_future_usage: facts.futureUsage,
    status: facts.method === null ? 'requires_payment_method' : 'requires_confirmation',
  };
}
