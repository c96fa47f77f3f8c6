import type Stripe from 'stripe';
import { newId } from '../core/ids.ts';
import type { CheckoutOrder } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { withTotals } from '../life/checkout-totals.ts';
import type { Redemption } from '../life/discounts.ts';
import { amountOf } from '../life/items.ts';
import { invalidRequest, missingParam, unsupported } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { mergeMetadata } from '../wire/metadata.ts';
import type { Parsed } from '../wire/params.ts';
import type { createParams } from './checkout-params.ts';
import { newSession } from './checkout-session.ts';
import { type Purchase, redemptionsOf } from './redemptions.ts';
import { newSetupIntent } from './setup-intent.ts';

type Params = Parsed<typeof createParams>;

const HOUR = 60 * 60;
const DAY = 24 * HOUR;

function checkUrl(url: string | undefined, param: string): void {
  const allowed = url === undefined || (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol));
  if (!allowed) throw invalidRequest('Not a valid URL', param, 'url_invalid');
}

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

function pricesOf(work: Work, params: Params): Stripe.Price[] {
  if (!params.line_items?.length) throw missingParam('line_items');
  const prices = params.line_items.map((line, index) => {
    const param = `line_items[${index}][price]`;
    const price = find(work, 'prices', line.price, param);
    if (!price.active) {
      throw invalidRequest(`The price specified is inactive. This field only accepts active prices.`, param);
    }
    if (price.recurring === null) {
      throw invalidRequest('The Stripe simulator takes recurring prices only at Checkout.', param);
    }
    return price;
  });
  if (new Set(prices.map((price) => price.currency)).size > 1) {
    throw invalidRequest('All prices of a Checkout Session must have the same currency.', 'line_items');
  }
  return prices;
}

function expiryOf({ expires_at: at }: Params, now: number): number {
  if (at === undefined) return now + DAY;
  // A minute of tolerance, so that "in half an hour" may be said by a clock that is a little behind.
  if (at < now + HOUR / 2 - 60 || at > now + DAY + 60) {
    const message =
      'The `expires_at` timestamp must be at least 30 minutes and less than 24 hours from Checkout Session creation.';
    throw invalidRequest(message, 'expires_at');
  }
  return at;
}

function emailOf(work: Work, { customer, customer_email: email }: Params): string | null {
  if (customer !== undefined && email !== undefined) {
    const message = 'You may only specify one of these parameters: customer, customer_email.';
    throw invalidRequest(message, 'customer');
  }
  return customer === undefined ? (email ?? null) : find(work, 'customers', customer, 'customer').email;
}

function orderOf(params: Params, facts: Pick<CheckoutOrder, 'trialEnd' | 'redemptions'>): CheckoutOrder {
  return {
    lines: (params.line_items ?? []).map(({ price, quantity }) => ({ id: newId('li'), price, quantity })),
    subscriptionMetadata: mergeMetadata({}, params.subscription_data?.metadata),
    description: params.subscription_data?.description ?? null,
    ...facts,
    keepName: params.customer_update?.name === 'auto',
    missingMethod: params.subscription_data?.trial_settings?.end_behavior.missing_payment_method ?? 'create_invoice',
  };
}

/** Discounts given from the start: then there is no field for a code on the page. */
function redemptionsAsked(
  work: Work,
  { discounts, allow_promotion_codes: codes, customer }: Params,
  purchase: Omit<Purchase, 'customer'>,
): Redemption[] {
  if (discounts !== undefined && discounts !== null && codes === true) {
    throw invalidRequest(
      'You may only specify one of these parameters: allow_promotion_codes, discounts.',
      'discounts',
    );
  }
  return redemptionsOf(work, discounts, { ...purchase, customer: customer ?? null });
}

const NOT_IN_SETUP = ['line_items', 'subscription_data', 'discounts', 'allow_promotion_codes'] as const;

/** A session that only keeps a card for later: its setup intent is there from the start. */
function setupSession(work: Work, params: Params): Stripe.Checkout.Session {
  const wrong = NOT_IN_SETUP.find((name) => params[name] !== undefined);
  if (wrong !== undefined) throw invalidRequest(`You can not pass \`${wrong}\` in \`setup\` mode.`, wrong);
  if (params.currency === undefined) throw missingParam('currency');
  if (params.customer === undefined)
    throw unsupported('a Checkout Session in setup mode without a customer', 'customer');
  const email = emailOf(work, params);
  const intent = newSetupIntent({
    customer: params.customer,
    method: null,
    description: params.setup_intent_data?.description ?? null,
    usage: 'off_session',
    metadata: mergeMetadata({}, params.setup_intent_data?.metadata),
    now: work.now,
  });
  work.save('setupIntents', intent, 'setup_intent.created');
  const expiresAt = expiryOf(params, work.now);
  const session = newSession({ params, email, currency: params.currency, expiresAt, url: work.url, now: work.now });
  return {
    ...session,
    amount_subtotal: null,
    amount_total: null,
    payment_status: 'no_payment_required',
    setup_intent: intent.id,
    total_details: null,
  };
}

function subscriptionSession(work: Work, params: Params): Stripe.Checkout.Session {
  if (params.setup_intent_data !== undefined) {
    throw invalidRequest('You can not pass `setup_intent_data` in `subscription` mode.', 'setup_intent_data');
  }
  const email = emailOf(work, params);
  const prices = pricesOf(work, params);
  const amount = prices.reduce(
    (sum, price, index) => sum + amountOf(price, params.line_items?.[index]?.quantity ?? 1),
    0,
  );
  const currency = prices[0]?.currency ?? 'usd';
  const redemptions = redemptionsAsked(work, params, { amount, currency });
  const order = orderOf(params, { trialEnd: trialOf(params, work.now), redemptions });
  const facts = { params, email, currency, expiresAt: expiryOf(params, work.now), url: work.url, now: work.now };
  const session = newSession(facts);
  work.state.orders.set(session.id, order);
  return withTotals(work, session);
}

export function createSession(work: Work, params: Params): Stripe.Checkout.Session {
  if (params.success_url === undefined) throw missingParam('success_url');
  checkUrl(params.success_url, 'success_url');
  checkUrl(params.cancel_url, 'cancel_url');
  const session = params.mode === 'setup' ? setupSession(work, params) : subscriptionSession(work, params);
  return work.save('checkoutSessions', session, null);
}
