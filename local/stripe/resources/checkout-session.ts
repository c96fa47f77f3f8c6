import type Stripe from 'stripe';
import { newId, randomText } from '../core/ids.ts';
import type { Parsed } from '../wire/params.ts';
import { mergeMetadata } from '../wire/metadata.ts';
import type { createParams } from './checkout-params.ts';

/** How every session begins, and all that the simulator leaves empty. */
const FRESH = {
  adaptive_pricing: null,
  after_expiration: null,
  billing_address_collection: null,
  collected_information: null,
  consent: null,
  consent_collection: null,
  currency_conversion: null,
  customer_account: null,
  customer_creation: null,
  discounts: null,
  integration_identifier: null,
  invoice: null,
  invoice_creation: null,
  managed_payments: null,
  origin_context: null,
  payment_intent: null,
  payment_link: null,
  payment_method_configuration_details: null,
  permissions: null,
  recovered_from: null,
  setup_intent: null,
  shipping_address_collection: null,
  shipping_cost: null,
  submit_type: null,
  subscription: null,
  wallet_options: null,
  object: 'checkout.session',
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  custom_fields: [],
  custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
  livemode: false,
  payment_method_options: { card: { request_three_d_secure: 'automatic' } },
  payment_status: 'unpaid',
  phone_number_collection: { enabled: false },
  shipping_options: [],
  status: 'open',
  total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  saved_payment_method_options: {
    allow_redisplay_filters: ['always'],
    payment_method_remove: 'disabled',
    payment_method_save: null,
  },
} satisfies Partial<Stripe.Checkout.Session>;

export interface SessionFacts {
  readonly params: Parsed<typeof createParams>;
  readonly currency: string | null;
  readonly expiresAt: number;
  readonly email: string | null;
  readonly url: string;
  readonly now: number;
}

export const customerDetails = (
  email: string | null,
  name: string | null,
): Stripe.Checkout.Session.CustomerDetails => ({
  address: null,
  business_name: null,
  email,
  individual_name: null,
  name,
  phone: null,
  tax_exempt: 'none',
  tax_ids: [],
});

/** Of the ways that are allowed, those that there are here; cards where it is left open, as they mostly are for Stripe. */
function waysToPay({ allowed_payment_method_types, excluded_payment_method_types }: SessionFacts['params']): string[] {
  const allowed = new Set(allowed_payment_method_types);
  const known = ['card', 'us_bank_account', 'sepa_debit'].filter((way) => allowed.has(way));
  const excluded = new Set(excluded_payment_method_types);
  return (known.length === 0 ? ['card'] : known).filter((way) => !excluded.has(way));
}

/** On Stripe's page by its address; in the shop's own by a secret, which Stripe.js is given. */
function placeOf(id: string, { params, url }: SessionFacts) {
  const { ui_mode = 'hosted_page', return_url } = params;
  if (ui_mode === 'hosted_page') return { ui_mode, client_secret: null, url: `${url}/c/pay/${id}` };
  return {
    ui_mode,
    client_secret: `${id}_secret_${randomText(40)}`,
    url: null,
    ...(return_url !== undefined && { return_url }),
    ...(ui_mode === 'embedded_page' && { redirect_on_completion: 'always' as const }),
  };
}

export function newSession(facts: SessionFacts): Stripe.Checkout.Session {
  const { params, currency, expiresAt, email, now } = facts;
  const id = newId('cs_test', 58);
  return {
    ...FRESH,
    id,
    allow_promotion_codes: params.allow_promotion_codes ?? null,
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    amount_subtotal: 0,
    amount_total: 0,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    created: now,
    currency,
    customer: params.customer ?? null,
    customer_details: email === null ? null : customerDetails(email, null),
    customer_email: params.customer_email ?? null,
    expires_at: expiresAt,
    ...(params.excluded_payment_method_types && {
      excluded_payment_method_types: params.excluded_payment_method_types,
    }),
    locale: params.locale ?? null,
    metadata: mergeMetadata({}, params.metadata),
    mode: params.mode,
    payment_method_types: waysToPay(params),
    payment_method_collection: params.payment_method_collection ?? 'always',
    success_url: params.success_url ?? null,
    ...placeOf(id, facts),
  };
}
