import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { missingParam, unsupported } from '../wire/errors.ts';
import { mergeMetadata } from '../wire/metadata.ts';
import { emailOf, expiryOf, type Params, refuseBoth, refuseIn } from './checkout-common.ts';
import { newSession } from './checkout-session.ts';
import { newSetupIntent } from './setup-intent.ts';

/** A session that only keeps a card for later: its setup intent is there from the start. */
export function setupSession(work: Work, params: Params): Stripe.Checkout.Session {
  const others = ['line_items', 'subscription_data', 'payment_intent_data', 'invoice_creation'] as const;
  refuseIn('setup', params, [...others, 'discounts', 'allow_promotion_codes']);
  refuseBoth(params, 'customer', 'customer_creation');
  if (params.currency === undefined) throw missingParam('currency');
  if (params.customer === undefined)
    throw unsupported('a Checkout Session in setup mode without a customer', 'customer');
  const email = emailOf(work, params);
  const expiresAt = expiryOf(params, work.accountNow);
  const intent = newSetupIntent({
    customer: params.customer,
    method: null,
    description: params.setup_intent_data?.description ?? null,
    usage: 'off_session',
    metadata: mergeMetadata({}, params.setup_intent_data?.metadata),
    now: work.accountNow,
  });
  work.save('setupIntents', intent, 'setup_intent.created');
  const session = newSession({
    params,
    email,
    currency: params.currency,
    expiresAt,
    url: work.url,
    now: work.accountNow,
  });
  return {
    ...session,
    amount_subtotal: null,
    amount_total: null,
    payment_status: 'no_payment_required',
    setup_intent: intent.id,
    total_details: null,
  };
}
