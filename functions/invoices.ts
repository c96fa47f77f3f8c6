import { isLive, type SubscriptionRecord } from '../billing/subscription.ts';
import type { UserRecords } from '../billing/user.ts';
import { readChargedCard } from '../clients/charged-card.ts';
import { NO_INVOICES, readInvoices } from '../clients/invoices.ts';
import { users } from '../clients/records/users.ts';
import { json, route, type HttpEvent } from './shared/http.ts';
import { stripeAndKeys } from './shared/keys.ts';
import { Problem } from './shared/problem.ts';
import { userIdOf } from './shared/request.ts';
import { table } from './shared/table.ts';

const user = users(table);

const INVOICE_ID = /^in_[A-Za-z0-9_]{1,200}$/;

/**
 * `GET /api/invoices?after=<next>`: the user's own invoices, newest first; with the first of them the card that the next one
 * is charged to. Whose they are, our record of the customer says.
 */
export const handler = route(async (event) => {
  const after = cursorOf(event);
  const records = await user.read(userIdOf(event));
  if (!records.customer) return json({ ...NO_INVOICES, card: null });
  const { stripe } = await stripeAndKeys();
  const live = after === undefined ? liveSubscription(records) : undefined;
  const [page, card] = await Promise.all([
    readInvoices(stripe, records.customer.customerId, after),
    live ? readChargedCard(stripe, live.id) : null,
  ]);
  if (!page) throw wrongCursor();
  return json({ ...page, card });
});

/** Of one that has ended, nothing more is charged. */
const liveSubscription = ({ subscriptions }: UserRecords): SubscriptionRecord | undefined =>
  subscriptions.map(({ record }) => record).find(isLive);

function cursorOf(event: HttpEvent): string | undefined {
  const after = event.queryStringParameters?.['after'];
  if (after !== undefined && !INVOICE_ID.test(after)) throw wrongCursor();
  return after;
}

function wrongCursor(): Problem {
  return new Problem(400, 'invalid_request', '"after" must be the "next" of the page before.');
}
