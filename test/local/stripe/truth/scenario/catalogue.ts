import type { Visit } from './visit.ts';

export async function catalogue({ stripe }: Visit): Promise<void> {
  const product = await stripe.products.create({
    id: 'gold',
    name: 'Gold',
    description: 'All of it.',
    metadata: { features: '["a","b"]' },
  });
  const price = await stripe.prices.create({
    product: product.id,
    currency: 'eur',
    unit_amount: 1250,
    lookup_key: 'gold_weekly',
    nickname: 'Gold, weekly',
    recurring: { interval: 'week', interval_count: 2, usage_type: 'licensed' },
    metadata: { plan: 'gold' },
  });
  await stripe.prices.create({ product: product.id, currency: 'eur', unit_amount: 500 });
  await stripe.products.update(product.id, { name: 'Golden', active: false, metadata: { features: null } });
  await stripe.prices.update(price.id, { active: false, metadata: { plan: '' } });
  await stripe.prices.list({ lookup_keys: ['gold_weekly'], expand: ['data.product'] });
}
