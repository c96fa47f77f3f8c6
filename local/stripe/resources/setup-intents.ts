import type Stripe from 'stripe';
import { newestFirst } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { idOf } from '../life/references.ts';
import { confirmSetup } from '../life/setting-up.ts';
import { invalidRequest, missingParam, StripeError } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { asked, inRange, listParams, pageOf, range } from '../wire/lists.ts';
import { mergeMetadata, metadata } from '../wire/metadata.ts';
import { bool, list, needed, object, oneOf, oneOfSupported, type Parsed, text } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';
import { url } from './url.ts';
import { namedMethod } from './named-methods.ts';
import { newSetupIntent } from './setup-intent.ts';

const confirmParams = { payment_method: text(), return_url: url, use_stripe_sdk: bool };
const createParams = {
  ...confirmParams,
  customer: text(),
  confirm: bool,
  usage: oneOf('off_session', 'on_session'),
  description: text(1000),
  metadata,
  automatic_payment_methods: object({ enabled: needed(bool), allow_redirects: oneOf('always', 'never') }),
  allowed_payment_method_types: list(oneOfSupported(['card'], ['us_bank_account', 'sepa_debit', 'link'])),
};
const cancelParams = { cancellation_reason: oneOf('abandoned', 'duplicate', 'requested_by_customer') };
const filterParams = { ...listParams, customer: text(), payment_method: text(), created: range };

const DONE = new Set<string>(['succeeded', 'canceled']);

function unexpected(intent: Stripe.SetupIntent, verb: string): StripeError {
  const message = `You cannot ${verb} this SetupIntent because it has a status of ${intent.status}.`;
  return invalidRequest(message, undefined, 'setup_intent_unexpected_state');
}

function confirm(work: Work, intent: Stripe.SetupIntent, params: Parsed<typeof confirmParams>): Stripe.SetupIntent {
  if (DONE.has(intent.status)) throw unexpected(intent, 'confirm');
  const known = intent.payment_method === null ? undefined : idOf(intent.payment_method);
  const name = params.payment_method ?? known;
  if (name === undefined) throw missingParam('payment_method');
  const method = namedMethod(work, name, 'payment_method');
  const confirmed = confirmSetup(work, intent, { method, authenticated: false, returnUrl: params.return_url ?? null });
  const {
    code = 'card_declined',
    message = 'Your card was declined.',
    decline_code,
  } = confirmed.last_setup_error ?? {};
  if (confirmed.status !== 'requires_payment_method') return confirmed;
  throw new StripeError(402, {
    type: 'card_error',
    code,
    message,
    ...(decline_code !== undefined && { decline_code }),
    setup_intent: confirmed,
  });
}

function create(work: Work, params: Parsed<typeof createParams>): Stripe.SetupIntent {
  if (params.customer !== undefined) find(work, 'customers', params.customer, 'customer');
  const method = params.payment_method && namedMethod(work, params.payment_method, 'payment_method').id;
  const intent = newSetupIntent({
    customer: params.customer ?? null,
    method: method ?? null,
    description: params.description ?? null,
    usage: params.usage ?? 'off_session',
    metadata: mergeMetadata({}, params.metadata),
    now: work.accountNow,
  });
  const allowed = params.allowed_payment_method_types ?? null;
  const saved = work.save('setupIntents', { ...intent, allowed_payment_method_types: allowed }, 'setup_intent.created');
  return params.confirm === true ? confirm(work, saved, { ...params, payment_method: method }) : saved;
}

function cancel(work: Work, id: string, params: Parsed<typeof cancelParams>): Stripe.SetupIntent {
  const intent = find(work, 'setupIntents', id);
  if (DONE.has(intent.status)) throw unexpected(intent, 'cancel');
  const reason = params.cancellation_reason ?? null;
  const canceled = { ...intent, cancellation_reason: reason, next_action: null, status: 'canceled' as const };
  return work.save('setupIntents', canceled, 'setup_intent.canceled');
}

export const setupIntentRoutes: Route[] = [
  route('POST', '/v1/setup_intents', createParams, ({ work, params }) => create(work, params)),
  route('GET', '/v1/setup_intents/:id', { client_secret: text() }, ({ work, id }) => find(work, 'setupIntents', id)),
  route('POST', '/v1/setup_intents/:id/confirm', confirmParams, ({ work, id, params }) =>
    confirm(work, find(work, 'setupIntents', id), params),
  ),
  route('POST', '/v1/setup_intents/:id/cancel', cancelParams, ({ work, id, params }) => cancel(work, id, params)),
  route('GET', '/v1/setup_intents', filterParams, ({ work, params }) => {
    const wanted = newestFirst(work.state.objects.setupIntents).filter(
      (intent) =>
        asked<unknown>(intent.customer, params.customer) &&
        asked<unknown>(intent.payment_method, params.payment_method) &&
        inRange(intent.created, params.created),
    );
    return pageOf('/v1/setup_intents', wanted, params);
  }),
];
