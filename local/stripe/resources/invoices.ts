import type Stripe from 'stripe';
import { newestFirst } from '../core/state.ts';
import { idOf } from '../life/references.ts';
import { find } from '../wire/find.ts';
import { asked, inRange, listParams, pageOf, range } from '../wire/lists.ts';
import { oneOf, text } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';

const filterParams = {
  ...listParams,
  customer: text(),
  subscription: text(),
  status: oneOf('draft', 'open', 'paid', 'uncollectible', 'void'),
  collection_method: oneOf('charge_automatically', 'send_invoice'),
  created: range,
};

function subscriptionOf(invoice: Stripe.Invoice): string | null {
  const subscription = invoice.parent?.subscription_details?.subscription;
  return subscription === undefined ? null : idOf(subscription);
}

export const invoiceRoutes: Route[] = [
  route('GET', '/v1/invoices/:id', {}, ({ work, id }) => find(work, 'invoices', id)),
  route('GET', '/v1/invoices/:id/lines', listParams, ({ work, id, params }) =>
    pageOf(`/v1/invoices/${id}/lines`, find(work, 'invoices', id).lines.data, params),
  ),
  route('GET', '/v1/invoices', filterParams, ({ work, params }) => {
    const wanted = newestFirst(work.state.objects.invoices).filter(
      (invoice) =>
        asked<unknown>(invoice.customer, params.customer) &&
        asked<unknown>(subscriptionOf(invoice), params.subscription) &&
        asked<unknown>(invoice.status, params.status) &&
        asked<unknown>(invoice.collection_method, params.collection_method) &&
        inRange(invoice.created, params.created),
    );
    return pageOf('/v1/invoices', wanted, params);
  }),
];
