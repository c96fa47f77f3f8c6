import { savedCards } from '../clients/cards/adopt.ts';
import { findCheckout } from '../clients/checkout-result.ts';
import { accountView } from './shared/account.ts';
import { payingWith } from './shared/charges.ts';
import { json, route } from './shared/http.ts';
import { Problem } from './shared/problem.ts';
import { user } from './shared/records.ts';
import { userIdOf } from './shared/request.ts';
import { connect } from './shared/sync.ts';

const SESSION_ID = /^cs_(test|live)_[A-Za-z0-9]{1,200}$/;

/** `GET /api/checkout/{sessionId}`: the success page's question. Brings the record up to date itself, webhook or no webhook. */
export const handler = route(async (event) => {
  const userId = userIdOf(event);
  const sessionId = event.pathParameters?.['sessionId'] ?? '';
  if (!SESSION_ID.test(sessionId)) throw notFound();
  const { stripe, sync } = await connect();
  const session = await findCheckout(stripe, sessionId, userId);
  if (!session) throw notFound();
  const { mode, status, paymentStatus, subscriptionId, customerId } = session;
  if (subscriptionId !== null) await sync.refetch(subscriptionId, userId);
  if (mode === 'setup' && customerId !== null) await savedCards(stripe).adopt(customerId);
  if (mode === 'payment') await payingWith(stripe).settle(sessionId);
  return json({ mode, status, paymentStatus, ...accountView(userId, await user.read(userId)) });
});

/** The same for another user's session and for one that never was: a stranger learns nothing. */
function notFound(): Problem {
  return new Problem(404, 'checkout_session_not_found', 'There is no such checkout of yours.');
}
