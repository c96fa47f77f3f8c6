import type Stripe from 'stripe';
import type { ProductPlan } from '../../billing/plans.ts';
import { orMissing } from '../../clients/stripe.ts';
import type { Report } from './change.ts';

/** Makes Stripe's product equal to the plans file. Its id is ours, so that it is found again. */
export async function ensureProduct(stripe: Stripe, plan: ProductPlan, report: Report): Promise<void> {
  const wanted = wantedFields(plan);
  const product = await orMissing(stripe.products.retrieve(plan.id));
  const what = `product ${plan.id}`;
  if (!product) {
    await stripe.products.create({ id: plan.id, ...wanted });
    report({ what, outcome: 'created' });
  } else if (equal(product, wanted)) report({ what, outcome: 'unchanged' });
  else {
    await stripe.products.update(plan.id, { ...wanted, active: true });
    report({ what, outcome: 'updated' });
  }
}

function wantedFields({ name, description, features }: ProductPlan) {
  return { name, description, marketing_features: features.map((feature) => ({ name: feature })) };
}

function equal(product: Stripe.Product, wanted: ReturnType<typeof wantedFields>): boolean {
  const features = product.marketing_features.map((feature) => feature.name);
  return (
    product.active &&
    product.name === wanted.name &&
    product.description === wanted.description &&
    JSON.stringify(features) === JSON.stringify(wanted.marketing_features.map((feature) => feature.name))
  );
}
