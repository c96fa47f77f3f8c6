/** The simulator of Stripe behind the page, with the plans on sale, and its Stripe.js. */
import Stripe from 'stripe';
import { startStripeSimulator } from '../../local/stripe/server.ts';
import type { Site } from './site.ts';
import { accountFor, checkoutOf, ok, plans, type Answer } from './world.ts';

type UiMode = 'embedded_page' | 'elements';

export async function startStripe() {
  const simulator = await startStripeSimulator();
  const { hostname, port } = new URL(simulator.url);
  const address = { host: hostname, port: Number(port), protocol: 'http', telemetry: false } as const;
  const stripe = new Stripe('sk_test_page', address);
  for (const [id, name] of new Map(plans.map((plan) => [plan.product, plan.name])))
    await stripe.products.create({ id, name });
  const customer = await stripe.customers.create({ email: 'ada@example.com' });

  async function open(lookupKey: string, uiMode: UiMode, site: string): Promise<Stripe.Checkout.Session> {
    const plan = plans.find((each) => each.lookupKey === lookupKey);
    if (plan === undefined) throw new Error(`There is no plan ${lookupKey}.`);
    const { amount: unit_amount, currency, interval, product, trialDays } = plan;
    const price = await stripe.prices.create({
      unit_amount,
      currency,
      product,
      recurring: { interval: interval === 'year' ? 'year' : 'month' },
    });
    return stripe.checkout.sessions.create({
      mode: 'subscription',
      ui_mode: uiMode,
      customer: customer.id,
      line_items: [{ price: price.id, quantity: 1 }],
      return_url: `${site}/success?session_id={CHECKOUT_SESSION_ID}`,
      ...(trialDays > 0 && { subscription_data: { trial_period_days: trialDays } }),
    });
  }

  /** The stack is set to take payments on its page, and has opened a checkout of this plan: what our API answers then. */
  async function takePayments({ origin, provider, stripe: own }: Site, uiMode: UiMode, lookupKey = 'starter_monthly') {
    own.origin = simulator.url;
    const session = await open(lookupKey, uiMode, origin);
    const signIn = { issuer: provider.issuer, clientId: 'page', scope: 'openid email' };
    const checkout = { uiMode, stripeJs: `${simulator.url}/endive/stripe.js` };
    const answers: Record<string, Answer> = {
      'GET /api/config': ok({ publishableKey: 'pk_test_1', testMode: true, signIn, plans, checkout }),
      'POST /api/checkout': ok({ kind: 'checkout', clientSecret: session.client_secret }),
      [`GET /api/checkout/${session.id}`]: ok(checkoutOf(accountFor('active'))),
    };
    return { session, answers };
  }
  return { url: simulator.url, takePayments, close: () => simulator.stop() };
}
