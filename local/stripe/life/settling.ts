import type Stripe from 'stripe';
import type { State } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { paymentsOf } from '../resources/invoice-payment.ts';
import { invoiceOf } from './authenticating.ts';
import { settles } from './bank-accounts.ts';
import { attemptFailed, settleByIntent } from './collecting.ts';
import { idOf } from './references.ts';

const CLOSED = { code: 'account_closed', message: "The customer's bank account has been closed." } as const;

/** The checkout session that a payment was made in: by itself, or by the invoice that it pays. */
const sessionOf = (
  state: State,
  intent: Stripe.PaymentIntent,
  invoice: Stripe.Invoice | undefined,
): Stripe.Checkout.Session | undefined =>
  [...state.objects.checkoutSessions.values()].find(
    (session) => session.payment_intent === intent.id || (invoice !== undefined && session.invoice === invoice.id),
  );

function chargeOf(work: Work, intent: Stripe.PaymentIntent): Stripe.Charge | undefined {
  return intent.latest_charge === null ? undefined : work.state.objects.charges.get(idOf(intent.latest_charge));
}

function succeed(work: Work, intent: Stripe.PaymentIntent, invoice: Stripe.Invoice | undefined): void {
  const charge = chargeOf(work, intent);
  if (charge) work.save('charges', { ...charge, paid: true, status: 'succeeded' }, 'charge.succeeded');
  const paid: Stripe.PaymentIntent = { ...intent, amount_received: intent.amount, status: 'succeeded' };
  work.save('paymentIntents', paid, 'payment_intent.succeeded');
  const [payment] = invoice === undefined ? [] : paymentsOf(work.state, invoice.id);
  if (invoice !== undefined && payment !== undefined) settleByIntent(work, invoice, { payment, automatic: true });
  const session = sessionOf(work.state, paid, invoice);
  if (session === undefined) return;
  work.save('checkoutSessions', { ...session, payment_status: 'paid' }, 'checkout.session.async_payment_succeeded');
}

function fail(work: Work, intent: Stripe.PaymentIntent, invoice: Stripe.Invoice | undefined): void {
  const charge = chargeOf(work, intent);
  const failure = { failure_code: CLOSED.code, failure_message: CLOSED.message };
  if (charge) work.save('charges', { ...charge, ...failure, captured: false, status: 'failed' }, 'charge.failed');
  const failed: Stripe.PaymentIntent = {
    ...intent,
    last_payment_error: { type: 'invalid_request_error', ...CLOSED, ...(charge && { charge: charge.id }) },
    payment_method: null,
    status: 'requires_payment_method',
  };
  work.save('paymentIntents', failed, 'payment_intent.payment_failed');
  if (invoice !== undefined) attemptFailed(work, invoice, { automatic: true, asks: false });
  const session = sessionOf(work.state, failed, invoice);
  if (session !== undefined) work.emit('checkout.session.async_payment_failed', session);
}

/** Days later the bank says what came of a payment that has been processing. */
export function settle(work: Work, id: string): void {
  work.state.settlements.delete(id);
  const intent = work.state.objects.paymentIntents.get(id);
  if (intent?.status !== 'processing') return;
  const method = intent.payment_method ? work.state.objects.paymentMethods.get(idOf(intent.payment_method)) : undefined;
  const outcome = settles(method) ? succeed : fail;
  outcome(work, intent, invoiceOf(work, intent));
}
