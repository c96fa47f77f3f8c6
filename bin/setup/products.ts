import type Stripe from 'stripe';
import type { ProductPlan } from '../../billing/plans.ts';
import { orMissing } from '../../clients/stripe-api.ts';
import type { Report } from './change.ts';

/** Makes Stripe's product equal to the plans file. Its id is ours, so that it is found again. */
export async function ensureProduct(stripe: Stripe, plan: ProductPlan, report: Report): Promise<void> {
  const wanted = wantedFields(plan);
  const differences = await productDifferences(stripe, plan);
  const what = `product ${plan.id}`;
  if (!differences) {
    await stripe.products.create({ id: plan.id, ...wanted });
    report({ what, outcome: 'created' });
  } else if (differences.length === 0) report({ what, outcome: 'unchanged' });
  else {
    await stripe.products.update(plan.id, { ...wanted, active: true });
    report({ what, outcome: 'updated' });
  }
}

/** Which fields of Stripe's product are not what the plans file says; undefined when there is no such product. */
export async function productDifferences(stripe: Stripe, plan: ProductPlan): Promise<string[] | undefined> {
  const product = await orMissing(stripe.products.retrieve(plan.id));
  if (!product) return undefined;
  const { active, name, description, marketing_features } = product;
  const wanted = wantedFields(plan);
  return [
    ...(active ? [] : ['active']),
    ...(name === wanted.name ? [] : ['name']),
    ...(description === wanted.description ? [] : ['description']),
    ...(namesOf(marketing_features) === namesOf(wanted.marketing_features) ? [] : ['features']),
  ];
}

const namesOf = (features: readonly { readonly name?: string | null }[]): string =>
  JSON.stringify(features.map(({ name }) => name));

function wantedFields({ name, description, features }: ProductPlan) {
  return { name, description, marketing_features: features.map((feature) => ({ name: feature })) };
}
