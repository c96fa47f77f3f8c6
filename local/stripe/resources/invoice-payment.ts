import type Stripe from 'stripe';
import { newId } from '../core/ids.ts';
import type { State } from '../core/state.ts';
import { idOf } from '../life/references.ts';

/** What ties an invoice to the payment intent that is to pay it. */
export const newInvoicePayment = (
  invoice: Stripe.Invoice,
  intent: Stripe.PaymentIntent,
  now: number,
): Stripe.InvoicePayment => ({
  id: newId('inpay'),
  object: 'invoice_payment',
  amount_paid: null,
  amount_requested: intent.amount,
  created: now,
  currency: intent.currency,
  invoice: invoice.id,
  is_default: true,
  livemode: false,
  payment: { payment_intent: intent.id, type: 'payment_intent' },
  status: 'open',
  status_transitions: { canceled_at: null, paid_at: null },
});

/** An invoice's payments, newest first. */
export const paymentsOf = (state: State, invoice: string): Stripe.InvoicePayment[] =>
  [...state.objects.invoicePayments.values()].filter((payment) => payment.invoice === invoice).toReversed();

export function intentOfPayment(
  state: State,
  payment: Stripe.InvoicePayment | undefined,
): Stripe.PaymentIntent | undefined {
  const intent = payment?.payment.payment_intent;
  return intent === undefined ? undefined : state.objects.paymentIntents.get(idOf(intent));
}
