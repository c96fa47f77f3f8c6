import type Stripe from 'stripe';
import { newId } from '../core/ids.ts';
import type { Work } from '../core/work.ts';
import { newManualInvoice } from '../life/new-invoice.ts';
import { invalidRequest } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { mergeMetadata, metadata } from '../wire/metadata.ts';
import { bool, needed, notSupported, oneOf, oneOfSupported, type Parsed, text } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';
import { pendingItems } from './invoice-items.ts';

const HOUR = 60 * 60;

const createParams = {
  customer: needed(text()),
  currency: text(3),
  description: text(1500),
  metadata,
  auto_advance: bool,
  pending_invoice_items_behavior: oneOf('include', 'exclude'),
  collection_method: oneOfSupported(['charge_automatically'], ['send_invoice']),
  subscription: notSupported,
  discounts: notSupported,
};

/** An invoice item as a line of the invoice that takes it up. */
const lineOf = (item: Stripe.InvoiceItem): Stripe.InvoiceLineItem => ({
  id: newId('il'),
  object: 'line_item',
  amount: item.amount,
  currency: item.currency,
  description: item.description,
  discount_amounts: [],
  discountable: item.discountable,
  discounts: [],
  invoice: null,
  livemode: false,
  metadata: item.metadata ?? {},
  parent: {
    invoice_item_details: { invoice_item: item.id, proration: false, proration_details: null, subscription: null },
    subscription_item_details: null,
    type: 'invoice_item_details',
  },
  period: item.period,
  pretax_credit_amounts: [],
  pricing: null,
  quantity: item.quantity,
  quantity_decimal: item.quantity_decimal,
  subscription: null,
  subtotal: item.amount,
  taxes: [],
});

/** A draft with all that waits for the customer, or an empty one. It opens by `finalize` or `pay`, or of itself after an hour. */
function create(work: Work, params: Parsed<typeof createParams>): Stripe.Invoice {
  const customer = find(work, 'customers', params.customer, 'customer');
  const included = params.pending_invoice_items_behavior === 'include';
  const items = included ? pendingItems(work.state, customer.id, params.currency?.toLowerCase()) : [];
  const id = newId('in');
  const [first] = items;
  const invoice = newManualInvoice({
    id,
    customer,
    lines: items.map(lineOf),
    currency: first?.currency ?? params.currency?.toLowerCase() ?? customer.currency ?? 'usd',
    description: params.description ?? null,
    metadata: mergeMetadata({}, params.metadata),
    finalizesAt: params.auto_advance === true ? work.now + HOUR : null,
    now: work.now,
  });
  for (const item of items) work.save('invoiceItems', { ...item, invoice: id }, null);
  return work.save('invoices', invoice, 'invoice.created');
}

function deleteDraft(work: Work, id: string): Stripe.DeletedInvoice {
  const invoice = find(work, 'invoices', id);
  if (invoice.status !== 'draft') throw invalidRequest('You can only delete draft invoices.');
  if (invoice.parent !== null) throw invalidRequest('You cannot delete an invoice that a subscription made.');
  for (const item of work.state.objects.invoiceItems.values()) {
    if (item.invoice === id) work.state.objects.invoiceItems.delete(item.id);
  }
  work.state.objects.invoices.delete(id);
  work.emit('invoice.deleted', invoice);
  return { id, object: 'invoice', deleted: true };
}

export const invoiceCreateRoutes: Route[] = [
  route('POST', '/v1/invoices', createParams, ({ work, params }) => create(work, params)),
  route('DELETE', '/v1/invoices/:id', {}, ({ work, id }) => deleteDraft(work, id)),
];
