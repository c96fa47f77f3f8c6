import { isOwed, type StoredCharge } from '../billing/charge.ts';
import { chargeRecords } from '../clients/records/charges.ts';
import { json, route } from './shared/http.ts';
import { userIdOf } from './shared/request.ts';
import { table } from './shared/table.ts';

const charges = chargeRecords(table);

/** `GET /api/charges`: what the user was charged beside the subscription, the latest first. Stripe is not asked. */
export const handler = route(async (event) => {
  const all = await charges.all(userIdOf(event));
  const shown = all.filter(({ status }) => status !== 'no_card' && status !== 'canceled');
  return json({ charges: shown.toSorted((a, b) => b.attemptedAt - a.attemptedAt).map(chargeView) });
});

function chargeView(charge: StoredCharge) {
  const { runId: id, amount, currency, description, status, declineCode, attemptedAt: at } = charge;
  return { id, amount, currency, description, status, declineCode, at, payable: isOwed(charge) };
}
