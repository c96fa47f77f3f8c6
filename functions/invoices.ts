import { NO_INVOICES, readInvoices } from '../clients/invoices.ts';
import { openTable } from '../clients/records/table.ts';
import { users } from '../clients/records/users.ts';
import { setting } from './shared/env.ts';
import { json, route, type HttpEvent } from './shared/http.ts';
import { stripeAndKeys } from './shared/keys.ts';
import { Problem } from './shared/problem.ts';
import { userIdOf } from './shared/request.ts';

const user = users(openTable(setting('TABLE_NAME')));

const INVOICE_ID = /^in_[A-Za-z0-9_]{1,200}$/;

/** `GET /api/invoices?after=<next>`: the user's own invoices, newest first. Whose they are, our record of the customer says. */
export const handler = route(async (event) => {
  const after = cursorOf(event);
  const { customer } = await user.read(userIdOf(event));
  if (!customer) return json(NO_INVOICES);
  const { stripe } = await stripeAndKeys();
  const page = await readInvoices(stripe, customer.customerId, after);
  if (!page) throw wrongCursor();
  return json(page);
});

function cursorOf(event: HttpEvent): string | undefined {
  const after = event.queryStringParameters?.['after'];
  if (after !== undefined && !INVOICE_ID.test(after)) throw wrongCursor();
  return after;
}

function wrongCursor(): Problem {
  return new Problem(400, 'invalid_request', '"after" must be the "next" of the page before.');
}
