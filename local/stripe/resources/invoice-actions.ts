import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { collect, methodFor, settleWithoutCharge } from '../life/collecting.ts';
import { finalizeInvoice } from '../life/invoicing.ts';
import { closeUnpaid } from '../life/writing-off.ts';
import { actionRequired, declinedError } from '../wire/declined.ts';
import { invalidRequest } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { bool, notSupported, type Parsed, text } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';
import { intentOfPayment, paymentsOf } from './invoice-payment.ts';
import { namedMethod } from './named-methods.ts';

const payParams = {
  payment_method: text(),
  off_session: bool,
  paid_out_of_band: bool,
  forgive: notSupported,
  mandate: notSupported,
  source: notSupported,
};

function checkOpen(invoice: Stripe.Invoice): void {
  if (invoice.status === 'paid') throw invalidRequest('Invoice is already paid');
  if (invoice.status !== 'draft' && invoice.status !== 'open') {
    throw invalidRequest(`This invoice can no longer be paid: its status is ${invoice.status}.`);
  }
}

function payWith(work: Work, open: Stripe.Invoice, params: Parsed<typeof payParams>): Stripe.Invoice {
  const method = params.payment_method
    ? namedMethod(work, params.payment_method, 'payment_method')
    : methodFor(work, open);
  if (method === undefined && open.amount_remaining > 0) {
    throw invalidRequest(
      'There is no `default_payment_method` set on this Customer or Invoice. Please set one prior to paying the invoice.',
    );
  }
  const after = collect(work, open, { method });
  const intent = intentOfPayment(work.state, paymentsOf(work.state, open.id)[0]);
  if (after.status === 'paid' || intent === undefined) return after;
  if (intent.status === 'requires_action') throw actionRequired(intent, 'invoice_payment_intent_requires_action');
  throw declinedError(intent);
}

function pay(work: Work, id: string, params: Parsed<typeof payParams>): Stripe.Invoice {
  const invoice = find(work, 'invoices', id);
  checkOpen(invoice);
  const open = invoice.status === 'draft' ? finalizeInvoice(work, invoice) : invoice;
  return params.paid_out_of_band === true ? settleWithoutCharge(work, open) : payWith(work, open, params);
}

function finalize(work: Work, id: string, autoAdvance: boolean | undefined): Stripe.Invoice {
  const invoice = find(work, 'invoices', id);
  if (invoice.status !== 'draft') throw invalidRequest('This invoice is already finalized.');
  const open = finalizeInvoice(work, { ...invoice, auto_advance: autoAdvance ?? invoice.auto_advance ?? true });
  return open.auto_advance ? collect(work, open, { automatic: true }) : open;
}

function writeOff(work: Work, id: string, status: 'void' | 'uncollectible'): Stripe.Invoice {
  const invoice = find(work, 'invoices', id);
  const closable = invoice.status === 'open' || (status === 'void' && invoice.status === 'uncollectible');
  if (!closable) throw invalidRequest(`You can only pass in open invoices. This invoice isn't open.`);
  return closeUnpaid(work, invoice, status);
}

export const invoiceActionRoutes: Route[] = [
  route('POST', '/v1/invoices/:id/pay', payParams, ({ work, id, params }) => pay(work, id, params)),
  route('POST', '/v1/invoices/:id/finalize', { auto_advance: bool }, ({ work, id, params }) =>
    finalize(work, id, params.auto_advance),
  ),
  route('POST', '/v1/invoices/:id/void', {}, ({ work, id }) => writeOff(work, id, 'void')),
  route('POST', '/v1/invoices/:id/mark_uncollectible', {}, ({ work, id }) => writeOff(work, id, 'uncollectible')),
];
