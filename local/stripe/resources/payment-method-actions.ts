import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { attach, detach } from '../life/attaching.ts';
import { isTestIban, newIbanMethod } from '../life/bank-accounts.ts';
import { invalidRequest, missingParam, StripeError } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { mergeMetadata, metadata } from '../wire/metadata.ts';
import { needed, notSupported, object, oneOf, oneOfSupported, type Parsed, text, unsettable } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';
import { addressOf, addressParams } from './address.ts';
import { namedMethod, tokenMethod } from './named-methods.ts';

const billingDetails = object({
  email: unsettable(text(800)),
  name: unsettable(text()),
  phone: unsettable(text()),
  address: unsettable(addressParams),
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
  type: needed(oneOfSupported(['card', 'sepa_debit'], ['us_bank_account', 'link'])),
  card: object({ token: text(), number: rawNumber, exp_month: rawNumber, exp_year: rawNumber, cvc: rawNumber }),
  sepa_debit: object({ iban: needed(text(34)) }),
  billing_details: billingDetails,
  allow_redisplay: allowRedisplay,
  metadata,
};
type Create = Parsed<typeof createParams>;
const updateParams = { billing_details: billingDetails, allow_redisplay: allowRedisplay, metadata };

function changed(method: Stripe.PaymentMethod, params: Parsed<typeof updateParams>): Stripe.PaymentMethod {
  const { email, name, phone, address } = params.billing_details ?? {};
  return {
    ...method,
    allow_redisplay: params.allow_redisplay ?? method.allow_redisplay ?? 'unspecified',
    billing_details: {
      ...method.billing_details,
      ...(email !== undefined && { email }),
      ...(name !== undefined && { name }),
      ...(phone !== undefined && { phone }),
      ...(address !== undefined && { address: addressOf(address) }),
    },
    metadata: mergeMetadata(method.metadata ?? {}, params.metadata),
  };
}

/** A debit needs to know whose account it is. */
function ibanMethod(work: Work, { sepa_debit: debit, billing_details: holder }: Create): Stripe.PaymentMethod {
  if (debit === undefined) throw missingParam('sepa_debit');
  if (!holder?.name) throw missingParam('billing_details[name]');
  if (!holder.email) throw missingParam('billing_details[email]');
  const iban = debit.iban.replaceAll(' ', '');
  if (isTestIban(iban)) return newIbanMethod(iban, work.accountNow);
  const message = 'The IBAN you provided is invalid, or none of the test accounts that the Stripe simulator knows.';
  throw invalidRequest(message, 'sepa_debit[iban]', 'invalid_bank_account_iban');
}

function cardMethod(work: Work, { card }: Create): Stripe.PaymentMethod {
  if (card?.token === undefined) throw missingParam('card[token]');
  return tokenMethod(work, card.token, 'card[token]');
}

function createMethod(work: Work, params: Create): Stripe.PaymentMethod {
  const method = params.type === 'card' ? cardMethod(work, params) : ibanMethod(work, params);
  return work.save('paymentMethods', changed(method, params), null);
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
