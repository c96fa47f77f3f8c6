import type Stripe from 'stripe';
import { newId, randomText } from '../core/ids.ts';

/** How every setup intent begins, and all that the simulator leaves empty. */
const FRESH = {
  object: 'setup_intent',
  allowed_payment_method_types: null,
  application: null,
  automatic_payment_methods: null,
  cancellation_reason: null,
  customer_account: null,
  excluded_payment_method_types: null,
  flow_directions: null,
  last_setup_error: null,
  latest_attempt: null,
  livemode: false,
  managed_payments: null,
  mandate: null,
  next_action: null,
  on_behalf_of: null,
  payment_method_configuration_details: null,
  payment_method_options: { card: { mandate_options: null, network: null, request_three_d_secure: 'automatic' } },
  single_use_mandate: null,
} satisfies Partial<Stripe.SetupIntent>;

export interface SetupFacts {
  readonly customer: string | null;
  readonly method: string | null;
  readonly description: string | null;
  readonly usage: 'off_session' | 'on_session';
  readonly metadata: Readonly<Record<string, string>>;
  readonly now: number;
}

/** A wish to keep a payment method for later; nothing is charged. */
export function newSetupIntent({
  customer,
  method,
  description,
  usage,
  metadata,
  now,
}: SetupFacts): Stripe.SetupIntent {
  const id = newId('seti');
  return {
    ...FRESH,
    id,
    client_secret: `${id}_secret_${randomText(25)}`,
    created: now,
    customer,
    description,
    metadata: { ...metadata },
    payment_method: method,
    payment_method_types: ['card'],
    status: method === null ? 'requires_payment_method' : 'requires_confirmation',
    usage,
  };
}
