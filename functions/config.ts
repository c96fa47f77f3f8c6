import { plansOnSale, type PlanOnSale } from './shared/catalogue.ts';
import { setting } from './shared/env.ts';
import { json, route } from './shared/http.ts';
import { stripeAndKeys } from './shared/keys.ts';
import { uiModeSetting } from './shared/ui-mode.ts';

const signIn = { issuer: setting('OIDC_ISSUER'), clientId: setting('OIDC_CLIENT_ID'), scope: 'openid email' };
const uiMode = uiModeSetting();
const stripeJs = process.env['STRIPE_JS'];
/** Only for a stack whose page takes payments itself: the others load nothing of Stripe's. */
const checkout = stripeJs !== undefined && { checkout: { uiMode, stripeJs } };

/** `GET /api/config`: what the page needs before anybody has signed in. The same for everybody, so CloudFront may keep it. */
export const handler = route(async () => {
  const { keys } = await stripeAndKeys();
  const { publishableKey } = keys;
  const plans = (await plansOnSale.get()).map(planView);
  const body = { publishableKey, testMode: publishableKey.startsWith('pk_test_'), signIn, plans, ...checkout };
  return json(body, { 'cache-control': 'public, max-age=60' });
});

function planView({ plan, price }: PlanOnSale) {
  const { lookupKey, trialDays } = plan;
  const { id, highlight, name, description, features, translations } = plan.product;
  const { amount, currency, interval } = price;
  const words = { name, description, features, ...(translations && { translations }) };
  return { lookupKey, product: id, ...words, highlight, amount, currency, interval, trialDays };
}
