import type Stripe from 'stripe';
import { randomText } from '../core/ids.ts';
import type { Work } from '../core/work.ts';
import { type InvoiceFacts, newInvoice, settle } from './new-invoice.ts';
import { idOf } from './references.ts';

type DraftFacts = Omit<InvoiceFacts, 'customer' | 'now'>;

function customerOf(work: Work, reference: Stripe.Invoice['customer']): Stripe.Customer | undefined {
  return reference === null ? undefined : work.state.objects.customers.get(idOf(reference));
}

export function draftInvoice(work: Work, facts: DraftFacts): Stripe.Invoice {
  const customer = customerOf(work, facts.subscription.customer);
  if (customer === undefined) throw new Error(`subscription ${facts.subscription.id} has no customer`);
  return work.save('invoices', newInvoice({ ...facts, customer, now: work.now }), 'invoice.created');
}

/** The customer's next invoice number; a count, for which Stripe sends no event. */
function takeNumber(work: Work, customer: Stripe.Customer): string {
  const sequence = customer.next_invoice_sequence ?? 1;
  work.save('customers', { ...customer, next_invoice_sequence: sequence + 1 }, null);
  return `${customer.invoice_prefix ?? 'SIM'}-${String(sequence).padStart(4, '0')}`;
}

/** Opens a draft: it gets its number and page, and the customer's balance is counted in. */
export function finalizeInvoice(work: Work, draft: Stripe.Invoice): Stripe.Invoice {
  const customer = customerOf(work, draft.customer);
  const starting = customer?.balance ?? 0;
  const { due, balance } = settle(draft.total, starting);
  const number = customer ? takeNumber(work, customer) : null;
  const current = customerOf(work, draft.customer);
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
    number,
    status: 'open',
    status_transitions: { ...draft.status_transitions, finalized_at: work.now },
    webhooks_delivered_at: work.now,
  };
  return work.save('invoices', open, 'invoice.finalized');
}

/** Collects an open invoice. Every card that can be attached here pays. */
export function payInvoice(work: Work, open: Stripe.Invoice): Stripe.Invoice {
  const charged = open.amount_due > 0;
  const paid: Stripe.Invoice = {
    ...open,
    amount_paid: open.amount_due,
    amount_remaining: 0,
    attempt_count: charged ? 1 : 0,
    attempted: true,
    auto_advance: false,
    status: 'paid',
    status_transitions: { ...open.status_transitions, paid_at: work.now },
  };
  work.save('invoices', paid, 'invoice.paid');
  work.emit('invoice.payment_succeeded', paid);
  return paid;
}

/** Draft, open and paid in one step, as at Checkout and at a change of plan. */
export const invoiceNow = (work: Work, facts: Omit<DraftFacts, 'finalizesAt'>): Stripe.Invoice =>
  payInvoice(work, finalizeInvoice(work, draftInvoice(work, { ...facts, finalizesAt: null })));
