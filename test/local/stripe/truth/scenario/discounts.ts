import { openCheckout, submit, card } from '../../world.ts';
import { passPeriod, type Visit } from './visit.ts';

async function applied(visit: Visit): Promise<void> {
  const { stripe, catalogue } = visit;
  const method = 'pm_card_visa';
  const customer = await stripe.customers.create({
    payment_method: method,
    invoice_settings: { default_payment_method: method },
  });
  const once = await stripe.coupons.create({ percent_off: 12.5, duration: 'once', name: 'Welcome' });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: catalogue.proMonthly.id }],
    discounts: [{ coupon: once.id }],
    expand: ['discounts', 'latest_invoice.discounts', 'latest_invoice.total_discount_amounts'],
  });
  await passPeriod(visit, subscription);
  const always = await stripe.coupons.create({ amount_off: 500, currency: 'usd', duration: 'forever' });
  await stripe.subscriptions.update(subscription.id, { discounts: [{ coupon: always.id }] });
  await stripe.subscriptions.update(subscription.id, { discounts: '' });
}

async function byCode({ world, stripe, catalogue }: Visit): Promise<void> {
  const coupon = await stripe.coupons.create({ percent_off: 25, duration: 'repeating', duration_in_months: 3 });
  const promotion = { type: 'coupon', coupon: coupon.id } as const;
  const code = await stripe.promotionCodes.create({ promotion, code: 'HARBOUR', metadata: { campaign: 'spring' } });
  const { url } = await openCheckout(world, {
    price: catalogue.proMonthly.id,
    session: { discounts: [{ promotion_code: code.id }] },
  });
  await submit(url, card());
  await stripe.promotionCodes.update(code.id, { active: false });
  await stripe.coupons.update(coupon.id, { name: 'Spring' });
  await stripe.coupons.del((await stripe.coupons.create({ percent_off: 5, duration: 'once' })).id);
}

export async function discounts(visit: Visit): Promise<void> {
  await applied(visit);
  await byCode(visit);
}
