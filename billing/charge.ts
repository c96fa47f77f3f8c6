import type Stripe from 'stripe';
import { METADATA } from './metadata.ts';

/** What everybody with a saved card is charged, once, on a day. Frozen as soon as it is recorded. */
export interface ChargeRun {
  /** The operator's own name for it, of which there is one: `2026-12-fee`. */
  readonly id: string;
  /** In the currency's minor unit. */
  readonly amount: number;
  readonly currency: string;
  /** What the customer reads. */
  readonly description: string;
  /** The day from which it is due, `2026-12-01`, in UTC. */
  readonly on: string;
}

/**
 * What became of one user's charge:
 * `processing`      under way: what came of it is not recorded yet, or the bank takes its time
 * `succeeded`       paid, by the saved card or by the customer afterwards
 * `declined`        the card was declined: the customer may pay it another way
 * `action_required` the bank wants the customer to confirm: the customer may pay it
 * `no_card`         there was no saved card, or no customer any more: nothing is owed
 * `canceled`        somebody canceled the payment at Stripe: nothing is owed
 */
export type ChargeStatus = 'processing' | 'succeeded' | 'declined' | 'action_required' | 'no_card' | 'canceled';

/**
 * A user's charge of a run, as known. Only what it names at Stripe can ever take the money, and it names another only
 * after the one before can take none any more.
 */
export interface ChargeRecord extends Omit<ChargeRun, 'id' | 'on'> {
  readonly runId: string;
  readonly customerId: string;
  readonly status: ChargeStatus;
  /** The payment off session; after the customer has paid, that payment. */
  readonly paymentIntentId: string | null;
  /** Where the customer pays what the card did not. */
  readonly checkoutSessionId: string | null;
  /** Stripe's reason for a decline. */
  readonly declineCode: string | null;
  /** Seconds since 1970. */
  readonly attemptedAt: number;
}

export interface StoredCharge extends ChargeRecord {
  /** Grows with each write. */
  readonly version: number;
}

/** What a payment intent says of the charge; `untried` when nobody has tried to pay it yet. */
export interface Verdict {
  readonly status: Exclude<ChargeStatus, 'no_card'> | 'untried';
  readonly declineCode: string | null;
}

/** @see https://docs.stripe.com/payments/paymentintents/lifecycle */
export function verdictOf({ id, status, last_payment_error: error }: Stripe.PaymentIntent): Verdict {
  switch (status) {
    case 'succeeded':
      return { status: 'succeeded', declineCode: null };
    case 'processing':
      return { status: 'processing', declineCode: null };
    case 'canceled':
      return { status: 'canceled', declineCode: null };
    case 'requires_confirmation':
      return UNTRIED;
    case 'requires_action':
      return { status: 'action_required', declineCode: 'authentication_required' };
    case 'requires_payment_method': {
      if (!error) return UNTRIED;
      const declineCode = error.decline_code ?? error.code ?? null;
      return { status: error.code === 'authentication_required' ? 'action_required' : 'declined', declineCode };
    }
    default:
      throw new Error(`Payment intent ${id} is ${status}, which a charge of ours never is.`);
  }
}

const UNTRIED: Verdict = { status: 'untried', declineCode: null };

/** Whether it is the customer's turn. */
export const isOwed = ({ status }: Pick<ChargeRecord, 'status'>): boolean =>
  status === 'declined' || status === 'action_required';

export interface Payer {
  readonly userId: string;
  readonly customerId: string;
}

/** Without a payment method: made like this nothing is paid yet, and it is the same whichever card is the default by then. */
export function intentParams(run: ChargeRun, { userId, customerId }: Payer): Stripe.PaymentIntentCreateParams {
  return {
    amount: run.amount,
    currency: run.currency,
    customer: customerId,
    description: run.description,
    allowed_payment_method_types: ['card'],
    metadata: chargeMetadata(run.id, userId),
  };
}

/** Where the customer pays the same amount; by card, so that it is paid or not when the session ends. */
export function paySessionParams(
  charge: ChargeRecord,
  userId: string,
  siteUrl: string,
): Stripe.Checkout.SessionCreateParams {
  const { runId, customerId: customer, amount: unit_amount, currency, description: name } = charge;
  const metadata = chargeMetadata(runId, userId);
  const back = payAddress(siteUrl, runId);
  return {
    mode: 'payment',
    customer,
    client_reference_id: userId,
    line_items: [{ price_data: { currency, unit_amount, product_data: { name } }, quantity: 1 }],
    allowed_payment_method_types: ['card'],
    metadata,
    payment_intent_data: { metadata, description: name },
    success_url: `${back}&session_id={CHECKOUT_SESSION_ID}`,
    cancel_url: back,
  };
}

/** The page on which a customer pays what is owed: what an operator sends to those whose card was declined. */
export const payAddress = (siteUrl: string, runId: string): string =>
  `${siteUrl}/pay?charge=${encodeURIComponent(runId)}`;

const chargeMetadata = (runId: string, userId: string) => ({ [METADATA.userId]: userId, [METADATA.charge]: runId });
