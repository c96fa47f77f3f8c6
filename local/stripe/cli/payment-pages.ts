import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { payOnce } from '../life/checkout-payment.ts';
import { actionRequired, declinedError } from '../wire/declined.ts';
import { invalidRequest, unsupported } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { integer, needed, type Parsed, text } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';

const confirmParams = { payment_method: needed(text()), expected_amount: integer(0) };

/** Pays as a visitor of the page would, with a method that was made through the API. */
function confirm(work: Work, id: string, params: Parsed<typeof confirmParams>): Stripe.Checkout.Session {
  const session = find(work, 'checkoutSessions', id);
  if (session.mode !== 'payment') throw unsupported(`the payment page of a session in ${session.mode} mode`);
  if (session.status !== 'open') throw invalidRequest(`This Checkout Session is ${session.status}.`);
  if (params.expected_amount !== undefined && params.expected_amount !== session.amount_total) {
    throw invalidRequest('The expected amount is not what the Checkout Session asks for.', 'expected_amount');
  }
  const method = find(work, 'paymentMethods', params.payment_method, 'payment_method');
  const email = session.customer_details?.email ?? method.billing_details.email;
  if (email === null) throw invalidRequest('The payment method names no email.', 'payment_method');
  const payer = { email, name: method.billing_details.name };
  const intent = payOnce(work, session, { method, payer });
  if (intent.status === 'requires_payment_method') throw declinedError(intent);
  if (intent.status === 'requires_action') throw actionRequired(intent, 'authentication_required');
  return find(work, 'checkoutSessions', id);
}

/** How Stripe's own Checkout page pays, and with it the CLI's `trigger`. Nothing documents it. */
export const paymentPageRoutes: Route[] = [
  route('GET', '/v1/payment_pages/:id', {}, ({ work, id }) => find(work, 'checkoutSessions', id)),
  route('POST', '/v1/payment_pages/:id/confirm', confirmParams, ({ work, id, params }) => confirm(work, id, params)),
];
