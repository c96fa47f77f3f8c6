import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { intentOfPayment, paymentsOf } from '../resources/invoice-payment.ts';
import { completePayment, sessionOfIntent } from './checkout-payment.ts';
import { formPath } from './checkout-place.ts';
import { attemptFailed, collect } from './collecting.ts';
import { authenticationFailed, confirmIntent } from './paying.ts';
import { idOf } from './references.ts';

/** The open invoice that an intent is to pay, if it is one's. */
export function invoiceOf(work: Work, intent: Stripe.PaymentIntent): Stripe.Invoice | undefined {
  return [...work.state.objects.invoices.values()].find(
    (invoice) =>
      invoice.status === 'open' &&
      paymentsOf(work.state, invoice.id).some((one) => intentOfPayment(work.state, one)?.id === intent.id),
  );
}

function resolved(work: Work, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod, passed: boolean): void {
  const invoice = invoiceOf(work, intent);
  if (passed) {
    if (invoice === undefined) completePayment(work, confirmIntent(work, intent, { method, authenticated: true }));
    else collect(work, invoice, { method, authenticated: true });
    return;
  }
  authenticationFailed(work, intent);
  if (invoice !== undefined) attemptFailed(work, invoice, { automatic: false, asks: false });
}

/** The customer has answered the bank. @returns where the page leads next; null when the intent does not wait for it any more */
export function resolveIntent(work: Work, id: string, passed: boolean): string | null {
  const intent = work.state.objects.paymentIntents.get(id);
  const method = intent?.payment_method
    ? work.state.objects.paymentMethods.get(idOf(intent.payment_method))
    : undefined;
  if (intent?.status !== 'requires_action' || method === undefined) return null;
  const invoice = invoiceOf(work, intent);
  resolved(work, intent, method, passed);
  const session = sessionOfIntent(work.state, intent.id);
  if (session?.status === 'open') return `${formPath(session)}?authentication=failed`;
  return intent.next_action?.redirect_to_url?.return_url ?? invoice?.hosted_invoice_url ?? '/';
}
