import type Stripe from 'stripe';
import { newestFirst } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { expireSession } from '../life/expiring.ts';
import { invalidRequest } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { asked, inRange, listParams, pageOf, range } from '../wire/lists.ts';
import { object, oneOf, type Parsed, text } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';
import { createSession } from './checkout-create.ts';
import { lineItemsOf } from './checkout-lines.ts';
import { createParams } from './checkout-params.ts';

function expire(work: Work, id: string): Stripe.Checkout.Session {
  const session = find(work, 'checkoutSessions', id);
  if (session.status !== 'open') {
    throw invalidRequest(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`,
    );
  }
  return expireSession(work, session);
}

const filterParams = {
  ...listParams,
  customer: text(),
  subscription: text(),
  status: oneOf('complete', 'expired', 'open'),
  customer_details: object({ email: text() }),
  created: range,
};

const matches = (session: Stripe.Checkout.Session, params: Parsed<typeof filterParams>): boolean =>
  asked<unknown>(session.customer, params.customer) &&
  asked<unknown>(session.subscription, params.subscription) &&
  asked<unknown>(session.status, params.status) &&
  asked<unknown>(session.customer_details?.email, params.customer_details?.email) &&
  inRange(session.created, params.created);

export const checkoutSessionRoutes: Route[] = [
  route('POST', '/v1/checkout/sessions', createParams, ({ work, params }) => createSession(work, params)),
  route('GET', '/v1/checkout/sessions/:id', {}, ({ work, id }) => find(work, 'checkoutSessions', id)),
  route('POST', '/v1/checkout/sessions/:id/expire', {}, ({ work, id }) => expire(work, id)),
  route('GET', '/v1/checkout/sessions/:id/line_items', listParams, ({ work, id, params }) =>
    pageOf(`/v1/checkout/sessions/${id}/line_items`, lineItemsOf(work, find(work, 'checkoutSessions', id)), params),
  ),
  route('GET', '/v1/checkout/sessions', filterParams, ({ work, params }) => {
    const wanted = newestFirst(work.state.objects.checkoutSessions).filter((session) => matches(session, params));
    return pageOf('/v1/checkout/sessions', wanted, params);
  }),
];
