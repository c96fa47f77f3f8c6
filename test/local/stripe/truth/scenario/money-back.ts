import type Stripe from 'stripe';
import { card, openCheckout, submit } from '../../world.ts';
import { subscriber, type Visit } from './visit.ts';

async function chargeOf({ stripe }: Visit, customer: string): Promise<Stripe.Charge> {
  const [charge] = (await stripe.charges.list({ customer })).data;
  if (charge === undefined) throw new Error('nothing was charged');
  return charge;
}

async function refunds(visit: Visit): Promise<void> {
  const { stripe } = visit;
  const charge = await chargeOf(visit, (await subscriber(visit)).customer.id);
  const part = await stripe.refunds.create({ charge: charge.id, amount: 900, reason: 'requested_by_customer' });
  await stripe.refunds.update(part.id, { metadata: { asked: 'by mail' } });
  await stripe.refunds.create({ charge: charge.id });
  await stripe.refunds.list({ charge: charge.id, expand: ['data.charge', 'data.payment_intent'] });
}

/** Somebody whose bank takes the money back. */
async function disputed(visit: Visit): Promise<string> {
  const { customer, url } = await openCheckout(visit.world, { price: visit.catalogue.proMonthly.id });
  await submit(url, card('4000 0000 0000 0259'));
  const { id: charge } = await chargeOf(visit, customer.id);
  const [dispute] = (await visit.stripe.disputes.list({ charge })).data;
  if (dispute === undefined) throw new Error('nothing was disputed');
  return dispute.id;
}

export async function moneyBack(visit: Visit): Promise<void> {
  const { disputes } = visit.stripe;
  await refunds(visit);
  await disputes.update(await disputed(visit), { evidence: { uncategorized_text: 'winning_evidence' } });
  await disputes.update(await disputed(visit), { evidence: { uncategorized_text: 'losing_evidence' } });
  await disputes.close(await disputed(visit));
}
