import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { handClock, look, makeCatalogue, openCheckout, startWorld, submit, type World } from './world.ts';

const DAY = 86_400;
const SETTLES = '000123456789';
const FAILS = '000111111116';

let clock: ReturnType<typeof handClock>;
let world: World;
let price: string;

beforeEach(async () => {
  clock = handClock();
  world = await startWorld({ clock });
  price = (await makeCatalogue(world)).proMonthly.id;
});
afterEach(() => world.stop());

const open = () =>
  openCheckout(world, { price, session: { allowed_payment_method_types: ['card', 'us_bank_account'] } });

/** Somebody who has paid by a bank account; the money is on its way. */
async function debited(account: string) {
  const { url, session, customer } = await open();
  await submit(url, { by: 'account', account });
  const completed = () => world.stripe.checkout.sessions.retrieve(session.id);
  const subscription = async () => (await world.stripe.subscriptions.list({ customer: customer.id })).data[0];
  const invoice = async () => (await world.stripe.invoices.list({ customer: customer.id })).data[0];
  return { completed, subscription, invoice };
}
const types = async (limit: number): Promise<string[]> =>
  (await world.stripe.events.list({ limit })).data.map(({ type }) => type).toReversed();

describe('a payment that takes days', () => {
  it('is offered where the session allows it, to accounts that are known', async () => {
    const { url } = await open();
    expect((await look(url)).text).toContain('Or pay by bank account');
    expect((await submit(url, { by: 'account', account: '12345678' })).status).toBe(422);
    const cardsOnly = await openCheckout(world, { price });
    expect((await look(cardsOnly.url)).text).not.toContain('bank account');
    expect((await submit(cardsOnly.url, { by: 'account', account: SETTLES })).status).toBe(422);
  });

  it('completes the session unpaid; the subscription begins, its invoice open', async () => {
    const { completed, subscription, invoice } = await debited(SETTLES);
    expect(await completed()).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
    expect((await subscription())?.status).toBe('active');
    expect(await invoice()).toMatchObject({ status: 'open', attempted: true, next_payment_attempt: null });
    expect(await types(4)).toEqual([
      'charge.pending',
      'payment_intent.processing',
      'invoice.updated',
      'checkout.session.completed',
    ]);
  });

  it('that arrives pays the invoice, and the session says so', async () => {
    const { completed, subscription, invoice } = await debited(SETTLES);
    clock.moveTo(clock.now() + 4 * DAY);
    expect(await completed()).toMatchObject({ payment_status: 'paid' });
    expect((await subscription())?.status).toBe('active');
    expect(await invoice()).toMatchObject({ status: 'paid', amount_paid: 2900 });
    expect((await types(7)).filter((type) => !type.startsWith('invoice'))).toEqual([
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.async_payment_succeeded',
    ]);
  });

  it('that fails makes the subscription past due, and the session stays unpaid', async () => {
    const { completed, subscription, invoice } = await debited(FAILS);
    clock.moveTo(clock.now() + 4 * DAY);
    expect(await completed()).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
    expect((await subscription())?.status).toBe('past_due');
    expect(await invoice()).toMatchObject({ status: 'open', attempt_count: 1 });
    expect((await types(1))[0]).toBe('checkout.session.async_payment_failed');
  });
});

describe('a SEPA debit', () => {
  const holder = { name: 'Ada', email: 'ada@example.com', address: { city: 'Wien', country: 'AT' } };
  const debit = (iban: string) =>
    world.stripe.paymentMethods.create({ type: 'sepa_debit', sepa_debit: { iban }, billing_details: holder });

  it.each([
    ['AT61 1904 3002 3457 3201', 'succeeded'],
    ['AT861904300235473202', 'requires_payment_method'],
  ])('of %s is processing first, and %s in the end', async (iban, status) => {
    const { id } = await debit(iban);
    const asked = { amount: 700, currency: 'eur', payment_method: id, confirm: true };
    const intent = await world.stripe.paymentIntents.create(asked);
    expect(intent).toMatchObject({ status: 'processing', payment_method_types: ['sepa_debit'] });
    expect(await world.stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status });
  });

  it('is of a known account, whose holder is named', async () => {
    await expect(debit('DE00')).rejects.toMatchObject({ param: 'sepa_debit[iban]' });
    const nobody = { type: 'sepa_debit', sepa_debit: { iban: 'AT611904300234573201' } } as const;
    await expect(world.stripe.paymentMethods.create(nobody)).rejects.toMatchObject({ param: 'billing_details[name]' });
  });
});
