import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { intentOfPayment, paymentsOf } from '../resources/invoice-payment.ts';
import { endDisputed } from './disputing.ts';
import { afterFailure, afterPayment, nextAttempt } from './dunning.ts';
import { type DraftFacts, draftInvoice, finalizeInvoice } from './invoicing.ts';
import { confirmIntent } from './paying.ts';
import { invoiceMethod } from './methods.ts';
import { idOf, subscriptionOf } from './references.ts';
import { closeUnpaid } from './writing-off.ts';

export interface Collection {
  /** The method to charge; the invoice's own, the subscription's or the customer's unless given. */
  readonly method?: Stripe.PaymentMethod | undefined;
  /** Whether the customer has just authenticated this payment. */
  readonly authenticated?: boolean;
  /** A retry by the schedule, not somebody's wish: only these are counted, after the first attempt. */
  readonly automatic?: boolean;
  /** Whether payment is tried at all; an invoice that is not tried stays open. @default true */
  readonly attempt?: boolean;
}

/** What an invoice is charged to unless somebody says otherwise. */
export const methodFor = (work: Work, invoice: Stripe.Invoice): Stripe.PaymentMethod | undefined =>
  invoiceMethod(work.state, invoice, subscriptionOf(work.state, invoice));

/** Any attempt counts as the first, and after that only those of the schedule. */
const countWith = ({ attempt_count: count }: Stripe.Invoice, automatic: boolean): number =>
  automatic || count === 0 ? count + 1 : count;

/** The invoice is paid: by what was charged, or because nothing was due. @param attempts how many there were in all */
function settled(work: Work, open: Stripe.Invoice, attempts: number): Stripe.Invoice {
  const paid: Stripe.Invoice = {
    ...open,
    amount_paid: open.amount_due,
    amount_remaining: 0,
    attempt_count: attempts,
    attempted: true,
    auto_advance: false,
    next_payment_attempt: null,
    status: 'paid',
    status_transitions: { ...open.status_transitions, paid_at: work.now },
  };
  work.save('invoices', paid, 'invoice.updated');
  work.emit('invoice.paid', paid);
  work.emit('invoice.payment_succeeded', paid);
  afterPayment(work, paid);
  return paid;
}

/** Payment outside of Stripe, or for nothing. */
export const settleWithoutCharge = (work: Work, open: Stripe.Invoice): Stripe.Invoice =>
  settled(work, open, open.attempt_count);

/** What paid becomes the subscription's own method, where the subscription is set so. */
function saveMethod(work: Work, invoice: Stripe.Invoice, intent: Stripe.PaymentIntent | undefined): void {
  const subscription = subscriptionOf(work.state, invoice);
  const method = intent?.payment_method;
  if (subscription?.payment_settings?.save_default_payment_method !== 'on_subscription' || !method) return;
  const saved = { ...subscription, default_payment_method: idOf(method) };
  work.save('subscriptions', saved, 'customer.subscription.updated');
}

/** The money has come: the payment and the invoice say so. */
export function settleByIntent(
  work: Work,
  open: Stripe.Invoice,
  { payment, automatic }: { readonly payment: Stripe.InvoicePayment; readonly automatic: boolean },
): Stripe.Invoice {
  const paid: Stripe.InvoicePayment = {
    ...payment,
    amount_paid: payment.amount_requested,
    status: 'paid',
    status_transitions: { ...payment.status_transitions, paid_at: work.now },
  };
  work.save('invoicePayments', paid, 'invoice_payment.paid');
  saveMethod(work, open, intentOfPayment(work.state, paid));
  return settled(work, open, countWith(open, automatic));
}

/** A first payment is not tried again of itself: its subscription waits for the customer, incomplete. */
function retryAt(work: Work, invoice: Stripe.Invoice, count: number): number | null {
  const retries = invoice.auto_advance === true && subscriptionOf(work.state, invoice)?.status !== 'incomplete';
  return retries ? nextAttempt(work, count) : null;
}

/** The attempt failed, or waits for the customer: the invoice stays open and says when it is tried again. */
export function attemptFailed(
  work: Work,
  open: Stripe.Invoice,
  facts: { automatic: boolean; asks: boolean },
): Stripe.Invoice {
  const count = countWith(open, facts.automatic);
  const counts = count > open.attempt_count;
  const next: Stripe.Invoice = {
    ...open,
    attempt_count: count,
    attempted: true,
    next_payment_attempt: counts ? retryAt(work, open, count) : open.next_payment_attempt,
  };
  work.save('invoices', next, 'invoice.updated');
  if (facts.asks) work.emit('invoice.payment_action_required', next);
  work.emit('invoice.payment_failed', next);
  afterFailure(work, next, { givenUp: counts && next.next_payment_attempt === null });
  return work.state.objects.invoices.get(next.id) ?? next;
}

/** Tries to collect an open invoice; how it went stands on the invoice that is returned. */
export function collect(work: Work, open: Stripe.Invoice, how: Collection = {}): Stripe.Invoice {
  const [payment] = paymentsOf(work.state, open.id);
  const intent = intentOfPayment(work.state, payment);
  if (open.amount_remaining === 0 || payment === undefined || intent === undefined)
    return settleWithoutCharge(work, open);
  if (intent.status === 'processing') return open;
  const { automatic = false, authenticated = false, method = methodFor(work, open) } = how;
  if (method === undefined) return attemptFailed(work, open, { automatic, asks: false });
  const confirmed = confirmIntent(work, intent, { method, authenticated });
  if (confirmed.status === 'succeeded') {
    const paid = settleByIntent(work, open, { payment, automatic });
    endDisputed(work, confirmed);
    return paid;
  }
  if (confirmed.status === 'processing') {
    return work.save('invoices', { ...open, attempted: true, next_payment_attempt: null }, 'invoice.updated');
  }
  return attemptFailed(work, open, { automatic, asks: confirmed.status === 'requires_action' });
}

/** Opens a draft and collects it, or does with it what its subscription's paused collection says. */
export function advance(work: Work, draft: Stripe.Invoice, how: Collection = {}): Stripe.Invoice {
  switch (subscriptionOf(work.state, draft)?.pause_collection?.behavior) {
    case 'keep_as_draft': {
      const kept = { ...draft, auto_advance: false, automatically_finalizes_at: null };
      return work.save('invoices', kept, 'invoice.updated');
    }
    case 'mark_uncollectible':
      return closeUnpaid(work, finalizeInvoice(work, draft), 'uncollectible');
    case 'void':
      return closeUnpaid(work, finalizeInvoice(work, draft), 'void');
    default:
      return how.attempt === false ? finalizeInvoice(work, draft) : collect(work, finalizeInvoice(work, draft), how);
  }
}

/** Draft, open and collected in one step, as at Checkout and at a change of plan. */
export const invoiceNow = (work: Work, facts: Omit<DraftFacts, 'finalizesAt'>, how: Collection = {}): Stripe.Invoice =>
  advance(work, draftInvoice(work, { ...facts, finalizesAt: null }), how);
