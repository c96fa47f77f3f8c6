import type Stripe from 'stripe';
import { newId } from '../core/ids.ts';
import { newestFirst, type State } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { idOf } from '../life/references.ts';
import { wireDecimal } from '../wire/decimal.ts';
import { invalidRequest } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { asked, inRange, listParams, pageOf, range } from '../wire/lists.ts';
import { mergeMetadata, metadata } from '../wire/metadata.ts';
import { bool, integer, needed, notSupported, type Parsed, text } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';

const createParams = {
  customer: needed(text()),
  amount: needed(integer()),
  currency: needed(text(3)),
  description: text(5000),
  metadata,
  invoice: notSupported,
  pricing: notSupported,
  quantity: notSupported,
  subscription: notSupported,
};
const filterParams = { ...listParams, customer: text(), invoice: text(), pending: bool, created: range };

function createItem(work: Work, params: Parsed<typeof createParams>): Stripe.InvoiceItem {
  const { id: customer, test_clock = null } = find(work, 'customers', params.customer, 'customer');
  const item: Stripe.InvoiceItem = {
    id: newId('ii'),
    object: 'invoiceitem',
    amount: params.amount,
    currency: params.currency.toLowerCase(),
    customer,
    customer_account: null,
    date: work.now,
    description: params.description ?? null,
    discountable: true,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: mergeMetadata({}, params.metadata),
    parent: null,
    period: { end: work.now, start: work.now },
    pricing: null,
    proration: false,
    quantity: 1,
    quantity_decimal: wireDecimal('1'),
    tax_rates: [],
    test_clock,
  };
  return work.save('invoiceItems', item, 'invoiceitem.created');
}

/** What waits for a customer's next invoice of a currency, oldest first. */
export const pendingItems = (state: State, customer: string, currency?: string): Stripe.InvoiceItem[] =>
  [...state.objects.invoiceItems.values()].filter(
    (item) => item.invoice === null && idOf(item.customer) === customer && asked(item.currency, currency),
  );

function deleteItem(work: Work, id: string): Stripe.DeletedInvoiceItem {
  const item = find(work, 'invoiceItems', id);
  if (item.invoice !== null) {
    throw invalidRequest('The Stripe simulator deletes only invoice items that are on no invoice yet.');
  }
  work.state.objects.invoiceItems.delete(id);
  work.emit('invoiceitem.deleted', item);
  return { id, object: 'invoiceitem', deleted: true };
}

export const invoiceItemRoutes: Route[] = [
  route('POST', '/v1/invoiceitems', createParams, ({ work, params }) => createItem(work, params)),
  route('GET', '/v1/invoiceitems/:id', {}, ({ work, id }) => find(work, 'invoiceItems', id)),
  route('DELETE', '/v1/invoiceitems/:id', {}, ({ work, id }) => deleteItem(work, id)),
  route('GET', '/v1/invoiceitems', filterParams, ({ work, params }) => {
    const wanted = newestFirst(work.state.objects.invoiceItems).filter(
      (item) =>
        asked<unknown>(item.customer, params.customer) &&
        asked<unknown>(item.invoice, params.invoice) &&
        asked(item.invoice === null, params.pending) &&
        inRange(item.date, params.created),
    );
    return pageOf('/v1/invoiceitems', wanted, params);
  }),
];
