import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { attach, detach } from '../life/attaching.ts';
import { missingParam, StripeError } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { mergeMetadata, metadata } from '../wire/metadata.ts';
import { needed, notSupported, object, oneOf, oneOfSupported, type Parsed, text, unsettable } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';
import { namedMethod, tokenMethod } from './named-methods.ts';

const billingDetails = object({
  email: unsettable(text(800)),
  name: unsettable(text()),
  phone: unsettable(text()),
  address: notSupported,
  tax_id: notSupported,
});
const allowRedisplay = oneOf('always', 'limited', 'unspecified');

/** Raw card numbers are refused, as Stripe refuses them from accounts that have not proved they may handle them. */
const rawNumber = {
  read: (): never => {
    const message =
      'Sending credit card numbers directly to the Stripe API is generally unsafe. To use test cards, use test tokens such as `tok_visa` instead.';
    throw new StripeError(402, { type: 'card_error', message });
  },
};

const createParams = {
  type: needed(oneOfSupported(['card'], ['us_bank_account', 'sepa_debit', 'link'])),
  card: object({ token: text(), number: rawNumber, exp_month: rawNumber, exp_year: rawNumber, cvc: rawNumber }),
  billing_details: billingDetails,
  allow_redisplay: allowRedisplay,
  metadata,
};
const updateParams = { billing_details: billingDetails, allow_redisplay: allowRedisplay, metadata };

function changed(method: Stripe.PaymentMethod, params: Parsed<typeof updateParams>): Stripe.PaymentMethod {
  const { email, name, phone } = params.billing_details ?? {};
  return {
    ...method,
    allow_redisplay: params.allow_redisplay ?? method.allow_redisplay ?? 'unspecified',
    billing_details: {
      ...method.billing_details,
      ...(email !== undefined && { email }),
      ...(name !== undefined && { name }),
      ...(phone !== undefined && { phone }),
    },
    metadata: mergeMetadata(method.metadata ?? {}, params.metadata),
  };
}

function createMethod(work: Work, params: Parsed<typeof createParams>): Stripe.PaymentMethod {
  const token = params.card?.token;
  if (token === undefined) throw missingParam('card[token]');
  return work.save('paymentMethods', changed(tokenMethod(work, token, 'card[token]'), params), null);
}

export const paymentMethodActionRoutes: Route[] = [
  route('POST', '/v1/payment_methods', createParams, ({ work, params }) => createMethod(work, params)),
  route('POST', '/v1/payment_methods/:id', updateParams, ({ work, id, params }) =>
    work.save('paymentMethods', changed(find(work, 'paymentMethods', id), params), 'payment_method.updated'),
  ),
  route('POST', '/v1/payment_methods/:id/attach', { customer: needed(text()) }, ({ work, id, params }) =>
    attach(work, namedMethod(work, id, 'id'), find(work, 'customers', params.customer, 'customer')),
  ),
  route('POST', '/v1/payment_methods/:id/detach', {}, ({ work, id }) => detach(work, find(work, 'paymentMethods', id))),
];
