import type Stripe from 'stripe';
import { newId } from '../core/ids.ts';
import type { Work } from '../core/work.ts';
import { endSubscription } from './ending.ts';
import { idOf, isLive, subscriptionOf } from './references.ts';

/** How long a business has to answer. Seconds. */
const ANSWER_WITHIN = 9 * 24 * 60 * 60;

const NO_EVIDENCE: Stripe.Dispute.Evidence = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};

/** A question of the bank's, which may become a dispute. */
export const isInquiry = ({ status }: Pick<Stripe.Dispute, 'status'>): boolean => status.startsWith('warning_');

function newDispute(charge: Stripe.Charge, status: Stripe.Dispute.Status, now: number): Stripe.Dispute {
  return {
    id: newId('du'),
    object: 'dispute',
    amount: charge.amount,
    balance_transactions: [],
    charge: charge.id,
    created: now,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: NO_EVIDENCE,
    evidence_details: {
      due_by: now + ANSWER_WITHIN,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: isInquiry({ status }),
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason: 'fraudulent',
    status,
  };
}

/** The cardholder says that the charge was not theirs: the money is taken back until somebody decides. */
export function dispute(work: Work, charge: Stripe.Charge): Stripe.Dispute {
  work.save('charges', { ...charge, disputed: true }, 'charge.updated');
  const opened = work.save('disputes', newDispute(charge, 'needs_response', work.accountNow), 'charge.dispute.created');
  work.emit('charge.dispute.funds_withdrawn', opened);
  return opened;
}

/** The cardholder's bank asks what a charge was, before anybody disputes it: no money is taken back. */
export function inquire(work: Work, charge: Stripe.Charge): Stripe.Dispute {
  work.save('charges', { ...charge, disputed: true }, 'charge.updated');
  return work.save('disputes', newDispute(charge, 'warning_needs_response', work.accountNow), 'charge.dispute.created');
}

/** The subscription that an intent paid for, if it did. */
function subscriptionPaid(work: Work, intent: string): Stripe.Subscription | undefined {
  const payments = [...work.state.objects.invoicePayments.values()];
  const payment = payments.find((one) => one.payment.payment_intent === intent);
  const invoice = payment && work.state.objects.invoices.get(idOf(payment.invoice));
  return invoice && subscriptionOf(work.state, invoice);
}

const isDisputed = (work: Work, charge: string): boolean =>
  [...work.state.objects.disputes.values()].some((one) => one.charge === charge && !isInquiry(one));

/** Where the account is set so, a dispute ends the subscription that was paid for. */
export function endDisputed(work: Work, intent: Stripe.PaymentIntent): void {
  const { settings, objects } = work.state;
  const charge = intent.latest_charge === null ? undefined : objects.charges.get(idOf(intent.latest_charge));
  if (!settings.cancelOnDispute || charge?.disputed !== true || !isDisputed(work, charge.id)) return;
  const subscription = subscriptionPaid(work, intent.id);
  if (subscription !== undefined && isLive(subscription)) endSubscription(work, subscription, 'payment_disputed');
}

/** The bank has decided. What was won comes back. */
export function closeDispute(
  work: Work,
  open: Stripe.Dispute,
  status: 'won' | 'lost' | 'warning_closed',
): Stripe.Dispute {
  const closed = work.save('disputes', { ...open, status }, 'charge.dispute.closed');
  if (status === 'won') work.emit('charge.dispute.funds_reinstated', closed);
  return closed;
}
