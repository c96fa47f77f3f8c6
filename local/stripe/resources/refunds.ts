import type Stripe from 'stripe';
import { newId } from '../core/ids.ts';
import { newestFirst } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { idOf } from '../life/references.ts';
import { formatMoney } from '../life/money.ts';
import { invalidRequest } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { asked, inRange, listParams, pageOf, range } from '../wire/lists.ts';
import { mergeMetadata, metadata } from '../wire/metadata.ts';
import { integer, notSupported, oneOf, type Parsed, text } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';

const createParams = {
  charge: text(),
  payment_intent: text(),
  amount: integer(1),
  reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer'),
  metadata,
  currency: notSupported,
  customer: notSupported,
  instructions_email: notSupported,
  origin: notSupported,
  refund_application_fee: notSupported,
  reverse_transfer: notSupported,
};
const filterParams = { ...listParams, charge: text(), payment_intent: text(), created: range };

function chargeOf(work: Work, params: Parsed<typeof createParams>): Stripe.Charge {
  if (params.charge !== undefined) return find(work, 'charges', params.charge, 'charge');
  if (params.payment_intent === undefined) {
    throw invalidRequest('One of the following params should be provided for this request: payment_intent or charge.');
  }
  const intent = find(work, 'paymentIntents', params.payment_intent, 'payment_intent');
  if (intent.latest_charge === null) {
    throw invalidRequest(
      'This PaymentIntent does not have a successful charge to refund.',
      'payment_intent',
      'payment_intent_unexpected_state',
    );
  }
  return find(work, 'charges', idOf(intent.latest_charge), 'payment_intent');
}

function checkRefundable(charge: Stripe.Charge, amount: number): void {
  const left = charge.amount - charge.amount_refunded;
  if (!charge.paid) throw invalidRequest(`Charge ${charge.id} is not refundable: it was not paid.`, 'charge');
  if (charge.disputed) {
    throw invalidRequest(
      `Charge ${charge.id} has been charged back; cannot issue a refund.`,
      'charge',
      'charge_disputed',
    );
  }
  if (left === 0) {
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, undefined, 'charge_already_refunded');
  }
  if (amount > left) {
    const [wanted, rest] = [amount, left].map((one) => formatMoney(one, charge.currency));
    throw invalidRequest(`Refund amount (${wanted}) is greater than unrefunded amount on charge (${rest})`, 'amount');
  }
}

/** Gives money back. Invoice and subscription stay as they are: whoever refunds says what that means. */
function createRefund(work: Work, params: Parsed<typeof createParams>): Stripe.Refund {
  const charge = chargeOf(work, params);
  const amount = params.amount ?? charge.amount - charge.amount_refunded;
  checkRefundable(charge, amount);
  const refund: Stripe.Refund = {
    id: newId('re'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: work.accountNow,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    metadata: mergeMetadata({}, params.metadata),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: params.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  };
  work.save('refunds', refund, 'refund.created');
  const refunded = charge.amount_refunded + amount;
  const next = { ...charge, amount_refunded: refunded, refunded: refunded === charge.amount };
  work.save('charges', next, 'charge.refunded');
  return refund;
}

export const refundRoutes: Route[] = [
  route('POST', '/v1/refunds', createParams, ({ work, params }) => createRefund(work, params)),
  route('GET', '/v1/refunds/:id', {}, ({ work, id }) => find(work, 'refunds', id)),
  route('POST', '/v1/refunds/:id', { metadata }, ({ work, id, params }) => {
    const refund = find(work, 'refunds', id);
    const next = { ...refund, metadata: mergeMetadata(refund.metadata ?? {}, params.metadata) };
    return work.save('refunds', next, 'refund.updated');
  }),
  route('GET', '/v1/refunds', filterParams, ({ work, params }) => {
    const wanted = newestFirst(work.state.objects.refunds).filter(
      (refund) =>
        asked<unknown>(refund.charge, params.charge) &&
        asked<unknown>(refund.payment_intent, params.payment_intent) &&
        inRange(refund.created, params.created),
    );
    return pageOf('/v1/refunds', wanted, params);
  }),
];
