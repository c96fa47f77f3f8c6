import { isRunId } from '../billing/charge-run.ts';
import { payingWith } from './shared/charges.ts';
import { setting } from './shared/env.ts';
import { json, route } from './shared/http.ts';
import { stripeAndKeys } from './shared/keys.ts';
import { Problem } from './shared/problem.ts';
import { userIdOf } from './shared/request.ts';

const siteUrl = setting('SITE_URL');

/** `POST /api/charges/{id}/pay`: where the user pays what the saved card did not. */
export const handler = route(async (event) => {
  const runId = event.pathParameters?.['id'] ?? '';
  if (!isRunId(runId)) throw notFound();
  const { stripe } = await stripeAndKeys();
  const result = await payingWith(stripe).open(userIdOf(event), runId, siteUrl);
  if (!result) throw notFound();
  if (result.kind === 'open') return json({ url: result.url });
  const { status } = result;
  throw new Problem(409, 'charge_settled', 'There is nothing to pay here any more.', { extra: { charge: status } });
});

/** The same for somebody else's charge and for one that never was. */
function notFound(): Problem {
  return new Problem(404, 'charge_not_found', 'There is no such charge of yours.');
}
