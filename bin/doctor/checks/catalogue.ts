import type Stripe from 'stripe';
import { plansOf, type Plan, type PlansFile } from '../../../billing/plans.ts';
import { portalDifferences } from '../../setup/portal-configuration.ts';
import { priceBehind, sellsPlan } from '../../setup/prices.ts';
import { productDifferences } from '../../setup/products.ts';
import { broken, ok, SETUP, warning, type Said, type StripeCheck } from '../finding.ts';
import { missingPortal } from './keys.ts';

export const productsCheck: StripeCheck = {
  name: 'products',
  async look({ stripe, plans }) {
    const found: Said[] = [];
    for (const plan of plans.products) {
      const differences = await productDifferences(stripe, plan);
      if (!differences) found.push(broken(`Stripe has no product ${plan.id}`, SETUP));
      else if (differences.includes('active')) found.push(broken(`product ${plan.id} is archived`, SETUP));
      else if (differences.length > 0)
        found.push(warning(`product ${plan.id} is not as in plans.json: ${differences.join(', ')}`, SETUP));
    }
    return found.length > 0 ? found : ok(`${plans.products.length}, as in plans.json`);
  },
};

export const pricesCheck: StripeCheck = {
  name: 'prices',
  async look({ stripe, plans }) {
    const all = plansOf(plans);
    const found: Said[] = [];
    for (const plan of all) found.push(...priceFindings(plan, await priceBehind(stripe, plan)));
    return found.length > 0 ? found : ok(`${all.length}, as in plans.json`);
  },
};

function priceFindings(plan: Plan, price: Stripe.Price | undefined): Said[] {
  const { lookupKey, amount, currency, interval } = plan;
  if (!price) return [broken(`no price has the lookup key ${lookupKey}, so it cannot be bought`, SETUP)];
  if (!price.active) return [broken(`${price.id}, price ${lookupKey}, is archived, so it cannot be bought`, SETUP)];
  if (sellsPlan(price, plan)) return [];
  const { unit_amount, recurring } = price;
  const [there, here] = [
    `${unit_amount} ${price.currency} a ${recurring?.interval ?? 'time'}`,
    `${amount} ${currency} a ${interval}`,
  ];
  const what = there === here ? 'its product or plan differs' : `${there} at Stripe, ${here} in plans.json`;
  return [broken(`${price.id}, price ${lookupKey}: ${what}`, SETUP)];
}

export const portalCheck: StripeCheck = {
  name: 'billing portal',
  async look({ stripe, plans, keys: { portalConfiguration: id }, outputs: { siteUrl } }) {
    const differences = await portalDifferences(stripe, id, await productsOnSale(stripe, plans), siteUrl);
    if (!differences) return missingPortal(id);
    if (differences.includes('active'))
      return broken(`${id} is switched off, so nobody can manage a subscription`, SETUP);
    if (differences.length === 0) return ok(`${id} offers what plans.json sells`);
    return warning(`${id} is not as setup makes it: ${differences.join(', ')}`, SETUP);
  },
};

async function productsOnSale(stripe: Stripe, plans: PlansFile) {
  const prices: string[] = [];
  for (const plan of plansOf(plans)) {
    const price = await priceBehind(stripe, plan);
    if (price) prices.push(price.id);
  }
  return [{ product: '', prices }];
}
