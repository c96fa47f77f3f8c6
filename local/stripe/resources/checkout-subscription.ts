import type Stripe from 'stripe';
import type { CheckoutOrder } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { withTotals } from '../life/checkout-totals.ts';
import { invalidRequest } from '../wire/errors.ts';
import { mergeMetadata } from '../wire/metadata.ts';
import { emailOf, expiryOf, linesOf, type Params, purchaseOf, redemptionsAsked, refuseIn } from './checkout-common.ts';
import { pricesOf } from './checkout-prices.ts';
import { newSession } from './checkout-session.ts';

const DAY = 24 * 60 * 60;

function trialOf(params: Params, now: number): CheckoutOrder['trialEnd'] {
  const { trial_period_days: days, trial_end: at } = params.subscription_data ?? {};
  if (days !== undefined && at !== undefined) {
    const message = 'You may only specify one of these parameters: trial_end, trial_period_days.';
    throw invalidRequest(message, 'subscription_data[trial_end]');
  }
  if (at !== undefined && at < now + 2 * DAY) {
    throw invalidRequest(
      'The `trial_end` date has to be at least 2 days in the future.',
      'subscription_data[trial_end]',
    );
  }
  if (at !== undefined) return { at };
  return days === undefined ? null : { days };
}

type Facts = Pick<CheckoutOrder, 'lines' | 'trialEnd' | 'redemptions'>;

const orderOf = ({ subscription_data: data, customer_update }: Params, facts: Facts): CheckoutOrder => ({
  ...facts,
  subscriptionMetadata: mergeMetadata({}, data?.metadata),
  description: data?.description ?? null,
  keepName: customer_update?.name === 'auto',
  missingMethod: data?.trial_settings?.end_behavior.missing_payment_method ?? 'create_invoice',
});

export function subscriptionSession(work: Work, params: Params): Stripe.Checkout.Session {
  const others = ['setup_intent_data', 'payment_intent_data', 'invoice_creation'] as const;
  refuseIn('subscription', params, [...others, 'customer_creation']);
  const email = emailOf(work, params);
  const expiresAt = expiryOf(params, work.accountNow);
  const trialEnd = trialOf(params, work.now);
  const prices = pricesOf(work, params, 'subscription');
  const purchase = purchaseOf(params, prices);
  const redemptions = redemptionsAsked(work, params, purchase);
  const facts = { params, email, currency: purchase.currency, expiresAt, url: work.url, now: work.accountNow };
  const session = newSession(facts);
  work.state.orders.set(session.id, orderOf(params, { lines: linesOf(params, prices), trialEnd, redemptions }));
  return withTotals(work, session);
}
