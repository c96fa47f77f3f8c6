import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { attach } from '../life/attaching.ts';
import { invoiceOf } from '../life/authenticating.ts';
import { collect } from '../life/collecting.ts';
import { confirmIntent, refuseOffSession } from '../life/paying.ts';
import { customerOf, idOf } from '../life/references.ts';
import { declinedError } from '../wire/declined.ts';
import { invalidRequest, noSuch, type StripeError } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { mergeMetadata, metadata } from '../wire/metadata.ts';
import {
  bool,
  integer,
  list,
  needed,
  notSupported,
  object,
  oneOf,
  oneOfSupported,
  type Parsed,
  text,
} from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';
import { url } from './url.ts';
import { namedMethod } from './named-methods.ts';
import { newIntent } from './payment-intent.ts';

const confirmParams = {
  payment_method: text(),
  off_session: bool,
  return_url: url,
  use_stripe_sdk: bool,
  error_on_requires_action: bool,
};
const createParams = {
  ...confirmParams,
  amount: needed(integer(1, 99_999_999)),
  currency: needed(text(3)),
  customer: text(),
  confirm: bool,
  description: text(1000),
  metadata,
  setup_future_usage: oneOf('off_session', 'on_session'),
  automatic_payment_methods: object({ enabled: needed(bool), allow_redirects: oneOf('always', 'never') }),
  allowed_payment_method_types: list(oneOfSupported(['card'], ['us_bank_account', 'sepa_debit', 'link'])),
  capture_method: oneOfSupported(['automatic', 'automatic_async'], ['manual']),
  receipt_email: text(800),
  payment_method_data: notSupported,
};
const cancelParams = { cancellation_reason: oneOf('abandoned', 'duplicate', 'fraudulent', 'requested_by_customer') };

const DONE = new Set<string>(['succeeded', 'canceled', 'processing']);

function unexpected(intent: Stripe.PaymentIntent, verb: string): StripeError {
  const message = `You cannot ${verb} this PaymentIntent because it has a status of ${intent.status}.`;
  return invalidRequest(message, undefined, 'payment_intent_unexpected_state');
}

/** What is to be charged: of nobody yet, or of the intent's own customer. */
function methodOf(work: Work, intent: Stripe.PaymentIntent, name: string | undefined): Stripe.PaymentMethod {
  const known = intent.payment_method === null ? undefined : idOf(intent.payment_method);
  const wanted = name ?? known;
  if (wanted === undefined) {
    const message = "You cannot confirm this PaymentIntent because it's missing a payment method.";
    throw invalidRequest(message, undefined, 'payment_intent_unexpected_state');
  }
  const method = namedMethod(work, wanted, 'payment_method');
  const owner = method.customer === null ? null : idOf(method.customer);
  if (owner !== null && owner !== (intent.customer && idOf(intent.customer))) {
    throw noSuch('PaymentMethod', method.id, 'payment_method');
  }
  return method;
}

type Confirm = Parsed<typeof confirmParams>;

function tried(
  work: Work,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  params: Confirm,
): Stripe.PaymentIntent {
  const invoice = invoiceOf(work, intent);
  const returnUrl = params.return_url ?? null;
  if (invoice !== undefined) collect(work, invoice, { method });
  else if (params.off_session !== true) confirmIntent(work, intent, { method, authenticated: false, returnUrl });
  else if (!refuseOffSession(work, intent, method)) confirmIntent(work, intent, { method, authenticated: false });
  return work.state.objects.paymentIntents.get(intent.id) ?? intent;
}

function confirm(work: Work, intent: Stripe.PaymentIntent, params: Confirm): Stripe.PaymentIntent {
  if (DONE.has(intent.status)) throw unexpected(intent, 'confirm');
  const method = methodOf(work, intent, params.payment_method);
  const confirmed = tried(work, intent, method, params);
  if (confirmed.status === 'requires_payment_method') throw declinedError(confirmed);
  const customer = customerOf(work.state, intent);
  if (confirmed.status === 'succeeded' && intent.setup_future_usage !== null && customer)
    attach(work, method, customer);
  return confirmed;
}

function create(work: Work, params: Parsed<typeof createParams>): Stripe.PaymentIntent {
  if (params.customer !== undefined) find(work, 'customers', params.customer, 'customer');
  if (params.off_session === true && params.confirm !== true) {
    throw invalidRequest('`off_session` can only be set when `confirm` is true.', 'off_session');
  }
  const method = params.payment_method && namedMethod(work, params.payment_method, 'payment_method').id;
  const intent = newIntent({
    amount: params.amount,
    currency: params.currency.toLowerCase(),
    customer: params.customer ?? null,
    method: method ?? null,
    description: params.description ?? null,
    futureUsage: params.setup_future_usage ?? null,
    metadata: mergeMetadata({}, params.metadata),
    now: work.accountNow,
  });
  const made: Stripe.PaymentIntent = {
    ...intent,
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    capture_method: params.capture_method ?? 'automatic_async',
    receipt_email: params.receipt_email ?? null,
  };
  const saved = work.save('paymentIntents', made, 'payment_intent.created');
  return params.confirm === true ? confirm(work, saved, { ...params, payment_method: method }) : saved;
}

function cancel(work: Work, id: string, params: Parsed<typeof cancelParams>): Stripe.PaymentIntent {
  const intent = find(work, 'paymentIntents', id);
  if (DONE.has(intent.status)) throw unexpected(intent, 'cancel');
  if (invoiceOf(work, intent)) {
    throw invalidRequest('You cannot cancel the PaymentIntent of an invoice: void the invoice instead.');
  }
  const canceled: Stripe.PaymentIntent = {
    ...intent,
    canceled_at: work.accountNow,
    cancellation_reason: params.cancellation_reason ?? null,
    next_action: null,
    status: 'canceled',
  };
  return work.save('paymentIntents', canceled, 'payment_intent.canceled');
}

export const paymentIntentActionRoutes: Route[] = [
  route('POST', '/v1/payment_intents', createParams, ({ work, params }) => create(work, params)),
  route('POST', '/v1/payment_intents/:id/confirm', confirmParams, ({ work, id, params }) =>
    confirm(work, find(work, 'paymentIntents', id), params),
  ),
  route('POST', '/v1/payment_intents/:id/cancel', cancelParams, ({ work, id, params }) => cancel(work, id, params)),
];
