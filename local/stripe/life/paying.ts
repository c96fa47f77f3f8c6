import type Stripe from 'stripe';
import type { State } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { StripeError } from '../wire/errors.ts';
import { newCharge } from '../resources/charge.ts';
import { settlesAfter } from './bank-accounts.ts';
import { challengePath } from './challenges.ts';
import { dispute, inquire } from './disputing.ts';
import { behaviorOf, chargeDecline, type Decline } from './test-cards.ts';

export interface Confirmation {
  readonly method: Stripe.PaymentMethod;
  /** Whether the customer has just authenticated this payment (3-D Secure). */
  readonly authenticated: boolean;
  /** Where the bank's page leads when it is done. */
  readonly returnUrl?: string | null;
}

/** Whether the bank wants the customer there: never again for a method authenticated for later, unless its card always asks. */
export function needsAuthentication(state: State, method: Stripe.PaymentMethod): boolean {
  const behavior = behaviorOf(method);
  if (behavior === 'authenticates_always') return true;
  return behavior === 'authenticates_once' && !state.authenticatedMethods.has(method.id);
}

/** True as often as the settings say that the bank is to decline whatever comes; each time counts. */
export function bankRefusesAll(work: Work): boolean {
  const { settings } = work.state;
  if (settings.declineNextCharges === 0) return false;
  work.state.settings = { ...settings, declineNextCharges: settings.declineNextCharges - 1 };
  return true;
}

const bankSays = (work: Work, method: Stripe.PaymentMethod): Decline | null =>
  chargeDecline(bankRefusesAll(work) ? 'declined' : behaviorOf(method));

/** The customer is asked to authenticate: the intent waits, and says where that is done. */
function asked(
  work: Work,
  intent: Stripe.PaymentIntent,
  { method, returnUrl = null }: Confirmation,
): Stripe.PaymentIntent {
  const url = `${work.url}${challengePath(work, { kind: 'payment_intent', id: intent.id })}`;
  const waiting: Stripe.PaymentIntent = {
    ...intent,
    next_action: {
      type: 'redirect_to_url',
      redirect_to_url: { return_url: returnUrl, url },
    },
    payment_method: method.id,
    status: 'requires_action',
  };
  return work.save('paymentIntents', waiting, 'payment_intent.requires_action');
}

function declined(
  work: Work,
  intent: Stripe.PaymentIntent,
  facts: Confirmation & { decline: Decline },
): Stripe.PaymentIntent {
  const { method, decline, authenticated } = facts;
  const charge = newCharge({ intent, method, decline, authenticated, now: work.accountNow });
  work.save('charges', charge, 'charge.failed');
  const failed: Stripe.PaymentIntent = {
    ...intent,
    last_payment_error: { type: 'card_error', charge: charge.id, ...decline, payment_method: method },
    latest_charge: charge.id,
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  };
  return work.save('paymentIntents', failed, 'payment_intent.payment_failed');
}

function paid(work: Work, intent: Stripe.PaymentIntent, { method, authenticated }: Confirmation): Stripe.PaymentIntent {
  const charge = newCharge({ intent, method, decline: null, authenticated, now: work.accountNow });
  work.save('charges', charge, 'charge.succeeded');
  const succeeded: Stripe.PaymentIntent = {
    ...intent,
    amount_received: intent.amount,
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: method.id,
    status: 'succeeded',
  };
  const saved = work.save('paymentIntents', succeeded, 'payment_intent.succeeded');
  const behavior = behaviorOf(method);
  if (behavior === 'disputes') dispute(work, charge);
  if (behavior === 'inquires') inquire(work, charge);
  return saved;
}

/** What the intent says of the way that is taken: the SDK types both, with a field of its own each. */
const waysOf = ({
  type,
}: Stripe.PaymentMethod): Pick<Stripe.PaymentIntent, 'payment_method_types' | 'payment_method_options'> =>
  type === 'sepa_debit'
    ? { payment_method_types: [type], payment_method_options: { sepa_debit: {} } }
    : {
        payment_method_types: [type],
        payment_method_options: { us_bank_account: { verification_method: 'automatic' } },
      };

/** A debit: for a while nobody knows whether the money will come. @param after seconds until somebody does */
function processing(
  work: Work,
  intent: Stripe.PaymentIntent,
  { method, after }: { readonly method: Stripe.PaymentMethod; readonly after: number },
): Stripe.PaymentIntent {
  const charge = newCharge({ intent, method, decline: null, authenticated: false, now: work.accountNow });
  work.save('charges', { ...charge, paid: false, status: 'pending' }, 'charge.pending');
  work.state.settlements.set(intent.id, work.accountNow + after);
  const pending: Stripe.PaymentIntent = {
    ...intent,
    ...waysOf(method),
    last_payment_error: null,
    latest_charge: charge.id,
    payment_method: method.id,
    status: 'processing',
  };
  return work.save('paymentIntents', pending, 'payment_intent.processing');
}

/** Tries to pay. The intent's `status` tells what came of it: `succeeded`, `requires_payment_method` (declined), `requires_action`, or `processing` when the bank takes its time. */
export function confirmIntent(work: Work, intent: Stripe.PaymentIntent, how: Confirmation): Stripe.PaymentIntent {
  const { method, authenticated } = how;
  const after = settlesAfter(method);
  if (after !== null) return processing(work, intent, { method, after });
  if (!authenticated && needsAuthentication(work.state, method)) return asked(work, intent, how);
  if (authenticated) work.state.authenticatedMethods.add(method.id);
  const decline = bankSays(work, method);
  return decline === null ? paid(work, intent, how) : declined(work, intent, { ...how, decline });
}

const WANTS_CUSTOMER: Decline = {
  code: 'authentication_required',
  decline_code: 'authentication_required',
  message: 'Your card was declined. This transaction requires authentication.',
};

/** A payment off session whose bank wants the customer there is declined. @returns whether it was */
export function refuseOffSession(work: Work, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod): boolean {
  if (!needsAuthentication(work.state, method)) return false;
  declined(work, intent, { method, authenticated: false, decline: WANTS_CUSTOMER });
  return true;
}

/** Refuses, before anything is made, what the bank would refuse. */
export function checkWouldPay(work: Work, method: Stripe.PaymentMethod): void {
  const decline = chargeDecline(behaviorOf(method));
  if (decline !== null) throw new StripeError(402, { type: 'card_error', ...decline });
  if (!needsAuthentication(work.state, method)) return;
  throw new StripeError(402, { type: 'card_error', ...WANTS_CUSTOMER });
}

/** The customer failed to authenticate, or would not. Nothing is charged. */
export function authenticationFailed(work: Work, intent: Stripe.PaymentIntent): Stripe.PaymentIntent {
  const message =
    'We are unable to authenticate your payment method. Please choose a different payment method and try again.';
  const failed: Stripe.PaymentIntent = {
    ...intent,
    last_payment_error: { type: 'card_error', code: 'payment_intent_authentication_failure', message },
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  };
  return work.save('paymentIntents', failed, 'payment_intent.payment_failed');
}
