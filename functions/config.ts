import { plansOnSale, type PlanOnSale } from './shared/catalogue.ts';
import { setting } from './shared/env.ts';
import { json, route } from './shared/http.ts';
import { stripeAndKeys } from './shared/keys.ts';

const signIn = { issuer: setting('OIDC_ISSUER'), clientId: setting('OIDC_CLIENT_ID'), scope: 'openid email' };

/** `GET /api/config`: what the page needs before anybody has signed in. The same for everybody, so CloudFront may keep it. */
export const handler = route(async () => {
  const { keys } = await stripeAndKeys();
  const { publishableKey } = keys;
  const plans = (await plansOnSale.get()).map(planView);
  const body = { publishableKey, testMode: publishableKey.startsWith('pk_test_'), signIn, plans };
  return json(body, { 'cache-control': 'public, max-age=60' });
});

function planView({ plan, price }: PlanOnSale) {
  const { lookupKey, trialDays } = plan;
  const { id, name, description, features } = plan.product;
  const { amount, currency, interval } = price;
  return { lookupKey, product: id, name, description, features, amount, currency, interval, trialDays };
}
