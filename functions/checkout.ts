import { trialAvailable } from '../billing/checkout.ts';
import { plansOf } from '../billing/plans.ts';
import { isLive } from '../billing/subscription.ts';
import { openCardCheckout } from '../clients/cards/checkout.ts';
import { Unrecorded } from '../clients/checkout.ts';
import { CustomerGone } from '../clients/customer-gone.ts';
import { customers, forCustomer } from '../clients/customers.ts';
import { verifiedEmail } from '../clients/identity.ts';
import { openPortal } from '../clients/portal.ts';
import { customerRecords } from '../clients/records/customers.ts';
import { users } from '../clients/records/users.ts';
import { sale } from '../clients/sale.ts';
import { plansOnSale } from './shared/catalogue.ts';
import { setting } from './shared/env.ts';
import { json, route, type HttpEvent, type HttpResult } from './shared/http.ts';
import { stripeAndKeys } from './shared/keys.ts';
import { log } from './shared/log.ts';
import { count } from './shared/metrics.ts';
import { plans } from './shared/plans.ts';
import { portalReturn } from './shared/portal-return.ts';
import { Problem } from './shared/problem.ts';
import { accessTokenOf, jsonBodyOf, userIdOf } from './shared/request.ts';
import { connect } from './shared/sync.ts';
import { table } from './shared/table.ts';
import { uiModeSetting } from './shared/ui-mode.ts';

const records = customerRecords(table);
const siteUrl = setting('SITE_URL');
const issuer = setting('OIDC_ISSUER');
const uiMode = uiModeSetting();
/** Of the first plan; each file of plans has one. */
const currency = plansOf(plans)[0]?.currency ?? 'usd';

/**
 * `POST /api/checkout {"plan": "<lookup key>"}`: where the customer goes to pay, or the secret with which our page lets them
 * pay; or where they manage what is paid for already.
 * With `{"mode": "setup"}`: where the customer gives a card for later.
 */
export const handler = route(async (event) => {
  const { plan, mode } = jsonBodyOf(event);
  if (mode === undefined) return sellOrCatchUp(event, plan);
  if (mode !== 'setup' || plan !== undefined)
    throw new Problem(400, 'invalid_request', 'Send either "plan", or "mode": "setup" alone.');
  return keepCard(event);
});

/** What is sold depends on the records: when Stripe shows that they are behind, they catch up first. */
async function sellOrCatchUp(event: HttpEvent, lookupKey: unknown): Promise<HttpResult> {
  const userId = userIdOf(event);
  try {
    return await sell(event, lookupKey);
  } catch (error) {
    const behind = error instanceof Unrecorded ? [error.subscriptionId] : undefined;
    await catchUp(userId, behind ?? (await stillLive(error, userId)));
    return sell(event, lookupKey);
  }
}

/** A customer that was deleted at Stripe has no subscription any more, even if no event has told us yet. */
async function stillLive(error: unknown, userId: string): Promise<string[]> {
  if (!(error instanceof CustomerGone)) throw error;
  const { subscriptions } = await users(table).read(userId, 'now');
  return subscriptions.flatMap(({ record }) => (isLive(record) ? [record.id] : []));
}

async function catchUp(userId: string, subscriptionIds: readonly string[]): Promise<void> {
  const { sync } = await connect();
  for (const id of subscriptionIds) await sync.refetch(id, userId);
}

async function sell(event: HttpEvent, lookupKey: unknown): Promise<HttpResult> {
  const userId = userIdOf(event);
  const { plan, price } = await chosenPlan(lookupKey);
  const user = await users(table).read(userId, 'now');
  const { stripe, keys } = await stripeAndKeys();
  const tell = (step: Step) => tellStep(step, { userId, plan: plan.lookupKey }, event);
  const toPortal = async (customerId: string) => {
    tell('to_portal');
    const url = await openPortal(stripe, customerId, keys.portalConfiguration, portalReturn(siteUrl));
    return json({ kind: 'portal', url });
  };

  const subscriptions = user.subscriptions.map(({ record }) => record);
  const live = subscriptions.find(isLive);
  if (live) return toPortal(live.customerId);

  const order = { userId, plan, priceId: price.priceId, trial: trialAvailable(subscriptions), uiMode, siteUrl };
  const recorded = new Set(subscriptions.map(({ id }) => id));
  const sold = await sale(stripe, records, recorded).open(order, user.customer, emailOf(event));
  if (sold.kind === 'complete') return toPortal(sold.customerId);
  tell(sold.reused ? 'reused' : 'opened');
  return json({ kind: 'checkout', ...sold.way });
}

/** How far somebody came who wanted a plan; the webhook counts the last step, `completed`. */
type Step = 'opened' | 'reused' | 'to_portal';

function tellStep(step: Step, about: { userId: string; plan: string }, { requestContext }: HttpEvent): void {
  log.info('checkout', { step, ...about, requestId: requestContext.requestId });
  count({ Checkouts: 1 }, { Step: step });
}

async function keepCard(event: HttpEvent): Promise<HttpResult> {
  const userId = userIdOf(event);
  const known = await records.read(userId);
  const { stripe } = await stripeAndKeys();
  const who = { userId, known, email: emailOf(event) };
  const url = await forCustomer(customers(stripe, records), who, ({ customerId }) =>
    openCardCheckout(stripe, { userId, customerId, currency, siteUrl }),
  );
  return json({ kind: 'setup', url });
}

const emailOf = (event: HttpEvent) => () => verifiedEmail(issuer, accessTokenOf(event), userIdOf(event));

async function chosenPlan(lookupKey: unknown) {
  if (typeof lookupKey !== 'string')
    throw new Problem(400, 'invalid_request', '"plan" must be the lookup key of a plan.');
  const found = (await plansOnSale.get()).find(({ plan }) => plan.lookupKey === lookupKey);
  if (!found) throw new Problem(400, 'unknown_plan', 'There is no such plan. GET /api/config lists the plans.');
  return found;
}
