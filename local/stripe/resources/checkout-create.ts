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

const MODES = { payment: paymentSession, setup: setupSession, subscription: subscriptionSession } as const;

export function createSession(work: Work, params: Params): Stripe.Checkout.Session {
  if (params.success_url === undefined) throw missingParam('success_url');
  checkUrl(params.success_url, 'success_url');
  checkUrl(params.cancel_url, 'cancel_url');
  return work.save('checkoutSessions', MODES[params.mode](work, params), null);
}
