import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { intentOfPayment, paymentsOf } from '../resources/invoice-payment.ts';

const EVENTS = { void: 'invoice.voided', uncollectible: 'invoice.marked_uncollectible' } as const;

/** Nothing more can be paid by the intents of a voided invoice. */
function cancelPayments(work: Work, invoice: string): void {
  for (const payment of paymentsOf(work.state, invoice)) {
    const intent = intentOfPayment(work.state, payment);
    if (payment.status !== 'open' || intent === undefined) continue;
    const { now } = work;
    const transitions = { ...payment.status_transitions, canceled_at: now };
    work.save('invoicePayments', { ...payment, status: 'canceled', status_transitions: transitions }, null);
    const canceled: Stripe.PaymentIntent = {
      ...intent,
      canceled_at: now,
      cancellation_reason: 'void_invoice',
      next_action: null,
      status: 'canceled',
    };
    work.save('paymentIntents', canceled, 'payment_intent.canceled');
  }
}

/** Closes an open invoice that nobody will pay: `void` as if it had never been, `uncollectible` as bad debt. */
export function closeUnpaid(work: Work, invoice: Stripe.Invoice, status: 'void' | 'uncollectible'): Stripe.Invoice {
  if (status === 'void') cancelPayments(work, invoice.id);
  const at = status === 'void' ? { voided_at: work.now } : { marked_uncollectible_at: work.now };
  const closed: Stripe.Invoice = {
    ...invoice,
    auto_advance: false,
    next_payment_attempt: null,
    status,
    status_transitions: { ...invoice.status_transitions, ...at },
  };
  work.save('invoices', closed, 'invoice.updated');
  work.emit(EVENTS[status], closed);
  return closed;
}
