import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { invalidRequest, missingParam } from '../wire/errors.ts';
import type { Params } from './checkout-common.ts';
import { paymentSession } from './checkout-payment.ts';
import { setupSession } from './checkout-setup.ts';
import { subscriptionSession } from './checkout-subscription.ts';

function checkUrl(url: string | undefined, param: string): void {
  const allowed = url === undefined || (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol));
  if (!allowed) throw invalidRequest('Not a valid URL', param, 'url_invalid');
}

/** What is said of one place to pay only. */
const HOSTED_ONLY = ['success_url', 'cancel_url'] as const;
const NOT_FOR_ELEMENTS = ['submit_type', 'origin_context'] as const;

function refuseAt(place: string, params: Params, names: readonly (keyof Params)[]): void {
  const wrong = names.find((name) => params[name] !== undefined);
  if (wrong !== undefined) throw invalidRequest(`You can not pass \`${wrong}\` if \`ui_mode\` is \`${place}\`.`, wrong);
}

function checkPlace(params: Params): void {
  const { ui_mode: place = 'hosted_page' } = params;
  const back = place === 'hosted_page' ? 'success_url' : 'return_url';
  if (place === 'hosted_page') refuseAt(place, params, ['return_url']);
  else refuseAt(place, params, HOSTED_ONLY);
  if (place === 'elements') refuseAt(place, params, NOT_FOR_ELEMENTS);
  if (place !== 'embedded_page') refuseAt(place, params, ['redirect_on_completion']);
  if (params[back] === undefined) throw missingParam(back);
}

const MODES = { payment: paymentSession, setup: setupSession, subscription: subscriptionSession } as const;

export function createSession(work: Work, params: Params): Stripe.Checkout.Session {
  checkPlace(params);
  checkUrl(params.return_url, 'return_url');
  checkUrl(params.success_url, 'success_url');
  checkUrl(params.cancel_url, 'cancel_url');
  return work.save('checkoutSessions', MODES[params.mode](work, params), null);
}
