import type Stripe from 'stripe';
import { randomText } from '../core/ids.ts';
import type { Work } from '../core/work.ts';
import { newInvoicePayment } from '../resources/invoice-payment.ts';
import { newIntent } from '../resources/payment-intent.ts';
import { withDiscounts } from './discounted-lines.ts';
import { activeDiscounts, dropSpent } from './discounts.ts';
import { type InvoiceFacts, newInvoice, settle } from './new-invoice.ts';
import { customerOf, idOf } from './references.ts';

export type DraftFacts = Omit<InvoiceFacts, 'customer' | 'now'>;

export function draftInvoice(work: Work, facts: DraftFacts): Stripe.Invoice {
  const customer = customerOf(work.state, facts.subscription);
  if (customer === undefined) throw new Error(`subscription ${facts.subscription.id} has no customer`);
  const lines = withDiscounts(facts.lines, activeDiscounts(work.state, facts.subscription, work.now));
  const invoice = newInvoice({ ...facts, lines, customer, now: work.now });
  const draft = work.save('invoices', invoice, 'invoice.created');
  dropSpent(work, facts.subscription, draft);
  return draft;
}

/** The customer's next invoice number; a count, for which Stripe sends no event. */
function takeNumber(work: Work, customer: Stripe.Customer): string {
  const sequence = customer.next_invoice_sequence ?? 1;
  work.save('customers', { ...customer, next_invoice_sequence: sequence + 1 }, null);
  return `${customer.invoice_prefix ?? 'SIM'}-${String(sequence).padStart(4, '0')}`;
}

const INTENT_DESCRIPTIONS: Readonly<Record<string, string>> = {
  subscription_create: 'Subscription creation',
  subscription_cycle: 'Subscription update',
  subscription_update: 'Subscription update',
};

/** An invoice that asks for money gets the payment intent that is to pay it. */
function expectPayment(work: Work, invoice: Stripe.Invoice): void {
  if (invoice.amount_due === 0) return;
  const intent = newIntent({
    amount: invoice.amount_due,
    currency: invoice.currency,
    customer: invoice.customer === null ? null : idOf(invoice.customer),
    method: null,
    description: INTENT_DESCRIPTIONS[invoice.billing_reason ?? ''] ?? 'Payment for invoice',
    futureUsage: invoice.billing_reason === 'subscription_create' ? 'off_session' : null,
    metadata: {},
    now: work.accountNow,
  });
  work.save('paymentIntents', intent, 'payment_intent.created');
  work.save('invoicePayments', newInvoicePayment(invoice, intent, work.now), null);
}

/** Opens a draft: it gets its number and page, and the customer's balance is counted in. */
export function finalizeInvoice(work: Work, draft: Stripe.Invoice): Stripe.Invoice {
  const customer = customerOf(work.state, draft);
  const starting = customer?.balance ?? 0;
  const { due, balance } = settle(draft.total, starting);
  const number = customer ? takeNumber(work, customer) : null;
  const current = customerOf(work.state, draft);
  if (current) work.save('customers', { ...current, balance, currency: draft.currency }, 'customer.updated');
  const token = randomText(32);
  work.state.invoiceTokens.set(token, draft.id);
  const open: Stripe.Invoice = {
    ...draft,
    amount_due: due,
    amount_remaining: due,
    automatically_finalizes_at: null,
    effective_at: work.now,
    ending_balance: balance,
    starting_balance: starting,
    hosted_invoice_url: `${work.url}/i/${token}`,
    invoice_pdf: `${work.url}/i/${token}/pdf`,
    number,
    status: 'open',
    status_transitions: { ...draft.status_transitions, finalized_at: work.now },
    webhooks_delivered_at: work.now,
  };
  expectPayment(work, open);
  return work.save('invoices', open, 'invoice.finalized');
}
