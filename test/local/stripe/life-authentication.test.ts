import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { card, handClock, look, makeCatalogue, openCheckout, startWorld, submit, type World } from './world.ts';

const HOUR = 3_600;
const at = (month: number, day: number): number => Date.UTC(2027, month - 1, day, 12) / 1000;
const ONCE = '4000 0025 0000 3155';
const ALWAYS = '4000 0027 6000 3184';

let clock: ReturnType<typeof handClock>;
let world: World;
let catalogue: Awaited<ReturnType<typeof makeCatalogue>>;

beforeEach(async () => {
  clock = handClock(at(1, 31));
  world = await startWorld({ clock });
  catalogue = await makeCatalogue(world);
});
afterEach(() => world.stop());

/** A checkout that has come to the bank's challenge. */
async function challenged(number: string, trialDays = 0) {
  const open = await openCheckout(world, { price: catalogue.proMonthly.id, trialDays });
  const answer = await submit(open.url, card(number));
  const challenge = new URL(answer.location ?? '', world.url).href;
  const subscription = async () => (await world.stripe.subscriptions.list({ customer: open.customer.id })).data[0];
  return { ...open, answer, challenge, subscription };
}
const typesSince = async (since: number): Promise<string[]> =>
  (await world.stripe.events.list({ limit: 100, created: { gte: since } })).data.map(({ type }) => type).toReversed();

describe('3-D Secure at Checkout', () => {
  it('asks on a page of its own, and nothing is made before it is answered', async () => {
    const { answer, challenge, session, subscription } = await challenged(ONCE);
    expect(answer).toMatchObject({ status: 303, location: expect.stringContaining('/3ds/') });
    const page = await look(challenge);
    expect(page.text).toContain('Complete authentication');
    // The form ends at the shop: the page must allow it.
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self' http://localhost:4242");
    expect((await world.stripe.checkout.sessions.retrieve(session.id)).status).toBe('open');
    expect(await subscription()).toBeUndefined();
  });

  it('passed: the customer has subscribed, and the charge says it was authenticated', async () => {
    const { challenge, session, subscription } = await challenged(ONCE);
    const passed = await submit(challenge, { result: 'passed' });
    expect(passed).toMatchObject({ status: 303, location: `http://localhost:4242/success?session_id=${session.id}` });
    expect((await subscription())?.status).toBe('active');
    const [charge] = (await world.stripe.charges.list()).data;
    expect(charge?.payment_method_details?.card?.three_d_secure).toMatchObject({ result: 'authenticated' });
    expect((await submit(challenge, { result: 'passed' })).status).toBe(404);
  });

  it('failed: the checkout stays open, and says so', async () => {
    const { challenge, session, subscription } = await challenged(ONCE);
    const failed = await submit(challenge, { result: 'failed' });
    expect(failed.status).toBe(303);
    const page = await look(new URL(failed.location ?? '', world.url).href);
    expect(page.text).toContain('unable to authenticate your payment method');
    expect((await world.stripe.checkout.sessions.retrieve(session.id)).status).toBe('open');
    expect(await subscription()).toBeUndefined();
  });

  it('is asked for before a trial as well, so that the first payment needs nobody', async () => {
    const { challenge, subscription } = await challenged(ONCE, 14);
    await submit(challenge, { result: 'passed' });
    expect((await subscription())?.status).toBe('trialing');
    clock.moveTo(at(2, 14) + HOUR);
    expect((await subscription())?.status).toBe('active');
  });
});

describe('3-D Secure off session', () => {
  it('is not asked for again by a card that was authenticated for later', async () => {
    const { challenge, subscription } = await challenged(ONCE);
    await submit(challenge, { result: 'passed' });
    clock.moveTo(at(2, 28) + HOUR);
    expect((await subscription())?.status).toBe('active');
  });

  it('makes a renewal wait for its customer, past due meanwhile', async () => {
    const { challenge, customer, subscription } = await challenged(ALWAYS);
    await submit(challenge, { result: 'passed' });
    clock.moveTo(at(2, 28) + HOUR);
    expect((await subscription())?.status).toBe('past_due');
    const types = await typesSince(at(2, 28) + HOUR);
    expect(types).toEqual([
      'payment_intent.created',
      'invoice.finalized',
      'payment_intent.requires_action',
      'invoice.updated',
      'invoice.payment_action_required',
      'invoice.payment_failed',
      'customer.updated',
      'customer.subscription.updated',
    ]);
    const expand = ['data.payments.data.payment.payment_intent'];
    const [invoice] = (await world.stripe.invoices.list({ customer: customer.id, expand })).data;
    expect(invoice?.payments?.data[0]?.payment.payment_intent).toMatchObject({
      status: 'requires_action',
      next_action: { type: 'redirect_to_url' },
    });
  });

  it('is answered from the invoice’s page, which pays it', async () => {
    const { challenge, customer, subscription } = await challenged(ALWAYS);
    await submit(challenge, { result: 'passed' });
    clock.moveTo(at(2, 28) + HOUR);
    const [invoice] = (await world.stripe.invoices.list({ customer: customer.id })).data;
    const page = await look(invoice?.hosted_invoice_url ?? '');
    const later = /href="([^"]+\/3ds\/[^"]+)"/.exec(page.text)?.[1] ?? '';
    const answer = await submit(later, { result: 'passed' });
    expect(answer).toMatchObject({ status: 303, location: invoice?.hosted_invoice_url });
    expect((await subscription())?.status).toBe('active');
    expect((await world.stripe.invoices.retrieve(invoice?.id ?? '')).status).toBe('paid');
  });

  it('refused leaves the invoice open', async () => {
    const { challenge, customer, subscription } = await challenged(ALWAYS);
    await submit(challenge, { result: 'passed' });
    clock.moveTo(at(2, 28) + HOUR);
    const [invoice] = (await world.stripe.invoices.list({ customer: customer.id })).data;
    const page = await look(invoice?.hosted_invoice_url ?? '');
    await submit(/href="([^"]+\/3ds\/[^"]+)"/.exec(page.text)?.[1] ?? '', { result: 'failed' });
    const [intent] = (await world.stripe.paymentIntents.list({ customer: customer.id })).data;
    expect(intent).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'payment_intent_authentication_failure' },
    });
    expect((await subscription())?.status).toBe('past_due');
  });
});

describe('a card without funds', () => {
  it('is declined at Checkout in the bank’s words, and cannot be attached through the API', async () => {
    const { url, customer } = await openCheckout(world, { price: catalogue.proMonthly.id });
    const answer = await submit(url, card('4000 0000 0000 9995'));
    expect(answer).toMatchObject({ status: 402, text: expect.stringContaining('Your card has insufficient funds.') });
    const attach = world.stripe.paymentMethods.attach('pm_card_visa_chargeDeclinedInsufficientFunds', {
      customer: customer.id,
    });
    await expect(attach).rejects.toMatchObject({ statusCode: 402, decline_code: 'insufficient_funds' });
  });
});
