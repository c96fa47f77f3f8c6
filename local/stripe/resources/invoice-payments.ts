import { newestFirst } from '../core/state.ts';
import { find } from '../wire/find.ts';
import { asked, inRange, listParams, pageOf, range } from '../wire/lists.ts';
import { needed, object, oneOf, oneOfSupported, text } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';

const filterParams = {
  ...listParams,
  invoice: text(),
  payment: object({ type: needed(oneOfSupported(['payment_intent'], ['payment_record'])), payment_intent: text() }),
  status: oneOf('canceled', 'open', 'paid'),
  created: range,
};

export const invoicePaymentRoutes: Route[] = [
  route('GET', '/v1/invoice_payments/:id', {}, ({ work, id }) => find(work, 'invoicePayments', id)),
  route('GET', '/v1/invoice_payments', filterParams, ({ work, params }) => {
    const wanted = newestFirst(work.state.objects.invoicePayments).filter(
      (payment) =>
        asked<unknown>(payment.invoice, params.invoice) &&
        asked<unknown>(payment.payment.payment_intent, params.payment?.payment_intent) &&
        asked<string>(payment.status, params.status) &&
        inRange(payment.created, params.created),
    );
    return pageOf('/v1/invoice_payments', wanted, params);
  }),
];
