import { trialAvailable } from '../billing/checkout.ts';
import { isLive } from '../billing/subscription.ts';
import { checkout } from '../clients/checkout.ts';
import { customers } from '../clients/customers.ts';
import { verifiedEmail } from '../clients/identity.ts';
import { openPortal } from '../clients/portal.ts';
import { customerRecords } from '../clients/records/customers.ts';
import { openTable } from '../clients/records/table.ts';
import { users } from '../clients/records/users.ts';
import { plansOnSale } from './shared/catalogue.ts';
import { setting } from './shared/env.ts';
import { json, route } from './shared/http.ts';
import { stripeAndKeys } from './shared/keys.ts';
import { portalReturn } from './shared/portal-return.ts';
import { Problem } from './shared/problem.ts';
import { accessTokenOf, jsonBodyOf, userIdOf } from './shared/request.ts';

const table = openTable(setting('TABLE_NAME'));
const records = customerRecords(table);
const siteUrl = setting('SITE_URL');
const issuer = setting('OIDC_ISSUER');

/** `POST /api/checkout {"plan": "<lookup key>"}`: where the customer goes to pay, or to manage what is paid for already. */
export const handler = route(async (event) => {
  const userId = userIdOf(event);
  const { plan, price } = await chosenPlan(jsonBodyOf(event)['plan']);
  const user = await users(table).read(userId, 'now');
  const { stripe, keys } = await stripeAndKeys();
  const toPortal = async (customerId: string) =>
    json({
      kind: 'portal',
      url: await openPortal(stripe, customerId, keys.portalConfiguration, portalReturn(siteUrl)),
    });

  const subscriptions = user.subscriptions.map(({ record }) => record);
  const live = subscriptions.find(isLive);
  if (live) return toPortal(live.customerId);

  const email = () => verifiedEmail(issuer, accessTokenOf(event), userId);
  const customer = await customers(stripe, records).ensure(userId, user.customer, email);
  const order = { userId, customerId: customer.customerId, plan, priceId: price.priceId, siteUrl };
  const trial = trialAvailable(subscriptions);
  const result = await checkout(stripe, records).open({ ...order, trial }, customer);
  return result.kind === 'open' ? json({ kind: 'checkout', url: result.url }) : toPortal(customer.customerId);
});

async function chosenPlan(lookupKey: unknown) {
  if (typeof lookupKey !== 'string')
    throw new Problem(400, 'invalid_request', '"plan" must be the lookup key of a plan.');
  const found = (await plansOnSale.get()).find(({ plan }) => plan.lookupKey === lookupKey);
  if (!found) throw new Problem(400, 'unknown_plan', 'There is no such plan. GET /api/config lists the plans.');
  return found;
}
