import { isPortalFlow, portalFlowData, type PortalFlow } from '../billing/portal.ts';
import { openPortal } from '../clients/portal.ts';
import { users } from '../clients/records/users.ts';
import { decide } from './shared/account.ts';
import { setting } from './shared/env.ts';
import { json, route } from './shared/http.ts';
import { stripeAndKeys } from './shared/keys.ts';
import { portalReturn } from './shared/portal-return.ts';
import { Problem } from './shared/problem.ts';
import { optionalJsonBodyOf, userIdOf } from './shared/request.ts';
import { table } from './shared/table.ts';

const user = users(table);
const returnUrl = portalReturn(setting('SITE_URL'));

/** `POST /api/portal {"flow"?}`: where the customer manages, changes or cancels the subscription, or changes the card. */
export const handler = route(async (event) => {
  const flow = wantedFlow(optionalJsonBodyOf(event)['flow']);
  const userId = userIdOf(event);
  const records = await user.read(userId);
  const { customer } = records;
  if (!customer) throw new Problem(409, 'no_customer', 'There is nothing to manage yet: subscribe first.');
  const at = flow && portalFlowData(flow, decide(userId, records).subscription, returnUrl);
  const { stripe, keys } = await stripeAndKeys();
  return json({ url: await openPortal(stripe, customer.customerId, keys.portalConfiguration, returnUrl, at) });
});

function wantedFlow(flow: unknown): PortalFlow | undefined {
  if (flow === undefined) return undefined;
  if (isPortalFlow(flow)) return flow;
  const words = '"flow" must be payment_method_update, subscription_update or subscription_cancel.';
  throw new Problem(400, 'invalid_request', words);
}
