import { metadata } from '../wire/metadata.ts';
import { bool, integer, list, needed, notSupported, object, oneOf, oneOfSupported, text } from '../wire/params.ts';
import { addressParams } from './address.ts';
import { checkoutDiscounts } from './redemptions.ts';

/** A price for this session only, and perhaps a product too. */
const priceData = object({
  currency: needed(text(3)),
  unit_amount: integer(0, 99_999_999),
  product: text(),
  product_data: object({
    name: needed(text(250)),
    description: text(40_000),
    images: list(text(2048), 8),
    metadata,
    tax_code: notSupported,
    unit_label: text(12),
  }),
  recurring: object({
    interval: needed(oneOf('day', 'week', 'month', 'year')),
    interval_count: integer(1, 1095),
  }),
  tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified'),
  unit_amount_decimal: notSupported,
});

const lineItem = object({
  price: text(),
  price_data: priceData,
  quantity: needed(integer(1, 999_999)),
  adjustable_quantity: notSupported,
  metadata: notSupported,
  tax_rates: notSupported,
});

/** What the payment intent of a one-time payment is to have. */
const paymentIntentData = object({
  description: text(1000),
  metadata,
  receipt_email: text(800),
  setup_future_usage: oneOf('off_session', 'on_session'),
  capture_method: oneOfSupported(['automatic', 'automatic_async'], ['manual']),
  shipping: object({
    name: needed(text()),
    address: needed(addressParams),
    phone: text(),
    carrier: text(),
    tracking_number: text(),
  }),
  statement_descriptor: notSupported,
  statement_descriptor_suffix: text(22),
});

const subscriptionData = object({
  metadata,
  description: text(500),
  trial_period_days: integer(1, 730),
  trial_end: integer(0),
  billing_mode: object({ type: needed(oneOfSupported(['flexible'], ['classic'])) }),
  trial_settings: object({
    end_behavior: needed(
      object({
        missing_payment_method: needed(oneOf('cancel', 'create_invoice', 'pause')),
      }),
    ),
  }),
  proration_behavior: oneOf('create_prorations', 'none'),
});

/** What may be said to `POST /v1/checkout/sessions`. `payment_method_types` is gone from Stripe's API, so it is not here either. */
export const createParams = {
  mode: needed(oneOf('subscription', 'payment', 'setup')),
  ui_mode: oneOfSupported(['hosted_page', 'embedded_page', 'elements'], ['form']),
  line_items: list(lineItem, 20),
  success_url: text(5000),
  cancel_url: text(5000),
  return_url: text(5000),
  customer: text(),
  customer_creation: oneOf('always', 'if_required'),
  customer_email: text(800),
  client_reference_id: text(200),
  metadata,
  subscription_data: subscriptionData,
  payment_intent_data: paymentIntentData,
  invoice_creation: object({ enabled: needed(oneOfSupported(['false'], ['true'])) }),
  setup_intent_data: object({ description: text(1000), metadata }),
  expires_at: integer(0),
  locale: text(10),
  currency: text(3),
  payment_method_collection: oneOf('always', 'if_required'),
  allowed_payment_method_types: list(text()),
  excluded_payment_method_types: list(text()),
  billing_address_collection: oneOfSupported(['auto'], ['required']),
  customer_update: object({ name: oneOf('auto', 'never'), address: oneOf('auto', 'never') }),
  automatic_tax: object({ enabled: needed(oneOfSupported(['false'], ['true'])) }),
  allow_promotion_codes: bool,
  submit_type: oneOf('auto', 'book', 'donate', 'pay', 'subscribe'),
  origin_context: oneOf('web', 'mobile_app'),
  saved_payment_method_options: object({ payment_method_save: oneOfSupported(['disabled'], ['enabled']) }),
  tax_id_collection: object({ enabled: needed(oneOfSupported(['false'], ['true'])) }),
  phone_number_collection: object({ enabled: needed(oneOfSupported(['false'], ['true'])) }),
  adaptive_pricing: object({ enabled: bool }),
  discounts: checkoutDiscounts,
  custom_fields: notSupported,
  optional_items: notSupported,
  redirect_on_completion: oneOfSupported(['always'], ['if_required', 'never']),
};
