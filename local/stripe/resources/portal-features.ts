import type Stripe from 'stripe';
import {
  bool,
  integer,
  list,
  needed,
  notSupported,
  object,
  oneOf,
  type Parsed,
  text,
  unsettable,
} from '../wire/params.ts';

type Configuration = Stripe.BillingPortal.Configuration;
export type Features = Configuration['features'];
export type PortalProduct = Stripe.BillingPortal.Configuration.Features.SubscriptionUpdate.Product;

const prorationBehavior = oneOf('always_invoice', 'create_prorations', 'none');

const product = object({
  product: needed(text()),
  prices: needed(list(text(), 100)),
  adjustable_quantity: object({ enabled: needed(bool), maximum: integer(1), minimum: integer(0) }),
});

const cancellationReason = object({
  enabled: needed(bool),
  options: unsettable(
    list(
      oneOf(
        'customer_service',
        'low_quality',
        'missing_features',
        'other',
        'switched_service',
        'too_complex',
        'too_expensive',
        'unused',
      ),
    ),
  ),
});

export const featureParams = object({
  customer_update: object({
    enabled: bool,
    allowed_updates: unsettable(list(oneOf('address', 'email', 'name', 'phone', 'shipping', 'tax_id'))),
  }),
  invoice_history: object({ enabled: needed(bool) }),
  payment_method_update: object({ enabled: needed(bool) }),
  subscription_cancel: object({
    enabled: bool,
    mode: oneOf('at_period_end', 'immediately'),
    proration_behavior: prorationBehavior,
    cancellation_reason: cancellationReason,
  }),
  subscription_pause: notSupported,
  subscription_update: object({
    enabled: bool,
    default_allowed_updates: unsettable(list(oneOf('price', 'promotion_code', 'quantity'))),
    products: unsettable(list(product, 10)),
    proration_behavior: prorationBehavior,
    schedule_at_period_end: notSupported,
    billing_cycle_anchor: notSupported,
    trial_update_behavior: oneOf('continue_trial', 'end_trial'),
  }),
});
export type FeatureChange = NonNullable<Parsed<{ features: typeof featureParams }>['features']>;

export const NO_FEATURES: Features = {
  customer_update: { allowed_updates: [], enabled: false },
  invoice_history: { enabled: false },
  payment_method_update: { enabled: false, payment_method_configuration: null },
  subscription_cancel: {
    cancellation_reason: { enabled: false, feedback_options: null, options: [] },
    enabled: false,
    mode: 'at_period_end',
    proration_behavior: 'none',
  },
  subscription_pause: { duration: { interval_options: [], type: 'indefinite' }, enabled: false },
  subscription_update: {
    billing_cycle_anchor: null,
    default_allowed_updates: [],
    enabled: false,
    proration_behavior: 'none',
    schedule_at_period_end: { conditions: [] },
    trial_update_behavior: 'end_trial',
  },
};

function cancelOf(old: Features['subscription_cancel'], change: FeatureChange['subscription_cancel']) {
  const reason = change?.cancellation_reason;
  return {
    ...old,
    enabled: change?.enabled ?? old.enabled,
    mode: change?.mode ?? old.mode,
    proration_behavior: change?.proration_behavior ?? old.proration_behavior,
    ...(reason && {
      cancellation_reason: { enabled: reason.enabled, feedback_options: null, options: reason.options ?? [] },
    }),
  };
}

function updateOf(old: Features['subscription_update'], change: FeatureChange['subscription_update']) {
  const allowed = change?.default_allowed_updates;
  return {
    ...old,
    enabled: change?.enabled ?? old.enabled,
    ...(allowed !== undefined && { default_allowed_updates: allowed ?? [] }),
    proration_behavior: change?.proration_behavior ?? old.proration_behavior,
    trial_update_behavior: change?.trial_update_behavior ?? old.trial_update_behavior,
  };
}

export function changedFeatures(old: Features, change: FeatureChange | undefined): Features {
  const allowed = change?.customer_update?.allowed_updates;
  return {
    ...old,
    customer_update: {
      enabled: change?.customer_update?.enabled ?? old.customer_update.enabled,
      allowed_updates: allowed === undefined ? old.customer_update.allowed_updates : (allowed ?? []),
    },
    invoice_history: { enabled: change?.invoice_history?.enabled ?? old.invoice_history.enabled },
    payment_method_update: {
      ...old.payment_method_update,
      enabled: change?.payment_method_update?.enabled ?? old.payment_method_update.enabled,
    },
    subscription_cancel: cancelOf(old.subscription_cancel, change?.subscription_cancel),
    subscription_update: updateOf(old.subscription_update, change?.subscription_update),
  };
}

/** The products customers may change to; undefined when the change does not speak of them. */
export function productsOf(change: FeatureChange | undefined): PortalProduct[] | undefined {
  const products = change?.subscription_update?.products;
  if (products === undefined) return undefined;
  return (products ?? []).map(({ product, prices, adjustable_quantity: quantity }) => ({
    product,
    prices,
    adjustable_quantity: {
      enabled: quantity?.enabled ?? false,
      maximum: quantity?.maximum ?? null,
      minimum: quantity?.minimum ?? 1,
    },
  }));
}
