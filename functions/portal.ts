import { openPortal } from '../clients/portal.ts';
import { openTable } from '../clients/records/table.ts';
import { users } from '../clients/records/users.ts';
import { setting } from './shared/env.ts';
import { json, route } from './shared/http.ts';
import { stripeAndKeys } from './shared/keys.ts';
import { portalReturn } from './shared/portal-return.ts';
import { Problem } from './shared/problem.ts';
import { userIdOf } from './shared/request.ts';

const user = users(openTable(setting('TABLE_NAME')));
const returnUrl = portalReturn(setting('SITE_URL'));

/** `POST /api/portal`: where the customer manages, changes or cancels the subscription. */
export const handler = route(async (event) => {
  const { customer } = await user.read(userIdOf(event));
  if (!customer) throw new Problem(409, 'no_customer', 'There is nothing to manage yet: subscribe first.');
  const { stripe, keys } = await stripeAndKeys();
  return json({ url: await openPortal(stripe, customer.customerId, keys.portalConfiguration, returnUrl) });
});
