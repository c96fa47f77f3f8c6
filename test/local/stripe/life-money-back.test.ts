import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  card,
  handClock,
  makeCatalogue,
  openCheckout,
  setAccount,
  startWorld,
  subscribed,
  submit,
  type World,
} from './world.ts';

let world: World;
let price: string;

beforeEach(async () => {
  world = await startWorld({ clock: handClock() });
  price = (await makeCatalogue(world)).proMonthly.id;
});
afterEach(() => world.stop());

const onlyCharge = async () => {
  const [charge] = (await world.stripe.charges.list()).data;
  if (charge === undefined) throw new Error('no charge');
  return charge;
};
const eventTypes = async (limit: number): Promise<string[]> =>
  (await world.stripe.events.list({ limit })).data.map(({ type }) => type).toReversed();

describe('a refund', () => {
  it('gives back a part, then the rest; subscription and invoice stay as they are', async () => {
    const { subscription } = await subscribed(world, { price });
    const charge = await onlyCharge();
    await world.stripe.refunds.create({ charge: charge.id, amount: 900, reason: 'requested_by_customer' });
    expect(await onlyCharge()).toMatchObject({ amount_refunded: 900, refunded: false });
    const intent = charge.payment_intent;
    if (typeof intent !== 'string') throw new Error('no intent');
    const rest = await world.stripe.refunds.create({ payment_intent: intent });
    expect(rest).toMatchObject({ amount: 2000, status: 'succeeded', charge: charge.id });
    expect(await onlyCharge()).toMatchObject({ amount_refunded: 2900, refunded: true });
    expect(await eventTypes(2)).toEqual(['refund.created', 'charge.refunded']);
    expect((await world.stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
    expect((await world.stripe.invoices.list()).data).toMatchObject([{ status: 'paid', amount_paid: 2900 }]);
    expect((await world.stripe.refunds.list({ charge: charge.id })).data).toHaveLength(2);
  });

  it('is never more than what was paid', async () => {
    await subscribed(world, { price });
    const { id: charge } = await onlyCharge();
    await expect(world.stripe.refunds.create({ charge, amount: 2901 })).rejects.toMatchObject({ param: 'amount' });
    await world.stripe.refunds.create({ charge });
    await expect(world.stripe.refunds.create({ charge })).rejects.toMatchObject({ code: 'charge_already_refunded' });
  });
});

describe('a disputed charge', () => {
  async function disputed() {
    const { url, customer } = await openCheckout(world, { price });
    await submit(url, card('4000 0000 0000 0259'));
    const [dispute] = (await world.stripe.disputes.list()).data;
    const [subscription] = (await world.stripe.subscriptions.list({ customer: customer.id, status: 'all' })).data;
    if (dispute === undefined || subscription === undefined) throw new Error('no dispute');
    return { dispute, subscription };
  }

  it('wants an answer, cannot be refunded, and leaves the subscription as it is', async () => {
    const { dispute, subscription } = await disputed();
    const charge = await onlyCharge();
    expect(dispute).toMatchObject({ status: 'needs_response', amount: 2900, charge: charge.id });
    expect(charge.disputed).toBe(true);
    expect(subscription.status).toBe('active');
    await expect(world.stripe.refunds.create({ charge: charge.id })).rejects.toMatchObject({ code: 'charge_disputed' });
  });

  it('ends the subscription where the account is set so', async () => {
    await setAccount(world, { cancelOnDispute: true });
    const { subscription } = await disputed();
    expect(subscription).toMatchObject({
      status: 'canceled',
      cancellation_details: { reason: 'payment_disputed' },
    });
  });

  it.each([
    ['winning_evidence', 'won', ['charge.dispute.closed', 'charge.dispute.funds_reinstated']],
    ['losing_evidence', 'lost', ['charge.dispute.updated', 'charge.dispute.closed']],
  ])('with %s is %s', async (words, status, events) => {
    const { dispute } = await disputed();
    const closed = await world.stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: words } });
    expect(closed).toMatchObject({ status, evidence_details: { has_evidence: true, submission_count: 1 } });
    expect(await eventTypes(2)).toEqual(events);
    await expect(world.stripe.disputes.close(dispute.id)).rejects.toMatchObject({ statusCode: 400 });
  });

  it('can be given up', async () => {
    const { dispute } = await disputed();
    expect((await world.stripe.disputes.close(dispute.id)).status).toBe('lost');
  });
});

describe('an inquiry', () => {
  it('takes no money back, and closing it loses nothing', async () => {
    await setAccount(world, { cancelOnDispute: true });
    const { url } = await openCheckout(world, { price });
    await submit(url, card('4000 0000 0000 1976'));
    const [asked] = (await world.stripe.disputes.list()).data;
    expect(asked).toMatchObject({ status: 'warning_needs_response', is_charge_refundable: true });
    expect((await world.stripe.subscriptions.list()).data).toMatchObject([{ status: 'active' }]);
    expect((await world.stripe.events.list({ type: 'charge.dispute.funds_withdrawn' })).data).toEqual([]);
    expect(await world.stripe.disputes.close(asked?.id ?? '')).toMatchObject({ status: 'warning_closed' });
    await expect(world.stripe.disputes.close(asked?.id ?? '')).rejects.toMatchObject({ statusCode: 400 });
  });
});
