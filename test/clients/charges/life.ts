import type Stripe from 'stripe';
import type { ChargeRun, Payer, StoredCharge } from '../../../billing/charge.ts';
import { charging, type ChargingParts } from '../../../clients/charges/charging.ts';
import { paying, type PayingParts } from '../../../clients/charges/paying.ts';
import { payments, type Payments } from '../../../clients/charges/payments.ts';
import { paySessions } from '../../../clients/charges/pay-sessions.ts';
import { chargeRecords, type ChargeRecords } from '../../../clients/records/charges.ts';
import type { Table } from '../../../clients/records/table.ts';
import { payWith } from '../../functions/world.ts';
import { advance } from '../../local/stripe/sim.ts';
import { CARDS, type History } from './history.ts';
import { mortal, stage, type Stage, type Trouble } from './stage.ts';

export interface Shop {
  readonly stripe: Stripe;
  readonly simulator: string;
  readonly table: Table;
}

/** Parts of the rule that a test may break, to see that the histories notice. */
export interface Rule {
  readonly payments: (parts: Payments) => Payments;
  readonly records: (parts: ChargeRecords) => ChargeRecords;
}

export interface End {
  /** Of the one charge; in the currency's minor unit. */
  readonly amount: number;
  readonly taken: number;
  readonly record: StoredCharge | undefined;
  /** Checkouts that could still be paid. */
  readonly open: number;
}

interface Scene {
  readonly payer: Payer;
  readonly parts: ChargingParts & PayingParts;
  readonly pause: Stage['pause'];
}

const run: ChargeRun = { id: 'fee', amount: 500, currency: 'usd', description: 'The fee', on: '2026-12-01' };

let lives = 0;

export async function live(shop: Shop, told: History, rule: Rule): Promise<End> {
  lives += 1;
  const { stripe } = shop;
  const customer = await customerWith(stripe, CARDS[told.card]);
  const payer: Payer = { userId: `user-${lives}`, customerId: customer.id };
  const { pause, play } = stage(told.choices);
  const records = rule.records(chargeRecords(shop.table));
  const parts = { records, payments: rule.payments(payments(stripe)), sessions: paySessions(stripe), now: () => 0 };
  const scene: Scene = { payer, parts, pause };
  await play([
    ...told.workers.map((troubles) => () => work(scene, troubles)),
    ...told.tabs.map((tab) => () => visit(scene, tab)),
    () => changeCard(stripe, customer.id, told.card2),
    () => letTimePass(shop, pause, told.hours),
  ]);
  await charging(parts).charge(run, payer); // the job's next hour
  return {
    amount: run.amount,
    ...(await sumsOf(stripe, customer.id)),
    record: await records.read(payer.userId, run.id),
  };
}

/** Somebody of flesh and blood, who may die at any call. */
function someone({ parts, pause }: Scene, troubles: readonly Trouble[]) {
  const { hands, dead } = mortal(pause, troubles);
  const { records, payments: pays, sessions, now } = parts;
  return { dead, parts: { records: hands(records), payments: hands(pays), sessions: hands(sessions), now } };
}

async function work(scene: Scene, troubles: readonly Trouble[]): Promise<void> {
  const { parts, dead } = someone(scene, troubles);
  for (let starts = 0; starts < 3 && !dead(); starts += 1)
    await charging(parts)
      .charge(run, scene.payer)
      .catch(() => {});
}

async function visit(scene: Scene, { pays, troubles }: History['tabs'][number]): Promise<void> {
  const { parts, dead } = someone(scene, troubles);
  for (let asked = 0; asked < 3 && !dead(); asked += 1) {
    const result = await paying(parts)
      .open(scene.payer.userId, run.id, 'https://site.example')
      .catch(() => undefined);
    await scene.pause();
    if (pays && result?.kind === 'open') await payAt(scene, result.url);
  }
}

/** The customer pays, and some time later the webhook comes. */
async function payAt({ parts, pause }: Scene, url: string): Promise<void> {
  await payWith(url, '4242424242424242');
  await pause();
  await paying(parts).settle(/cs_test_\w+/.exec(url)?.[0] ?? '');
}

async function letTimePass({ simulator }: Shop, pause: Stage['pause'], hours: readonly number[]): Promise<void> {
  for (const each of hours) {
    await pause();
    await advance({ url: simulator }, each * 3600);
  }
}

async function customerWith(stripe: Stripe, card: string | undefined): Promise<Stripe.Customer> {
  if (card === undefined) return stripe.customers.create();
  return stripe.customers.create({ payment_method: card, invoice_settings: { default_payment_method: card } });
}

async function changeCard(stripe: Stripe, customer: string, card: History['card2']): Promise<void> {
  if (card === null) return;
  if (card === 'taken away') {
    for await (const { id } of stripe.paymentMethods.list({ customer })) await stripe.paymentMethods.detach(id);
    return;
  }
  const { id } = await stripe.paymentMethods.attach(CARDS[card], { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
}

async function sumsOf(stripe: Stripe, customer: string): Promise<Pick<End, 'taken' | 'open'>> {
  const [intents, sessions] = await Promise.all([
    stripe.paymentIntents.list({ customer, limit: 100 }),
    stripe.checkout.sessions.list({ customer, limit: 100 }),
  ]);
  const taken = intents.data.reduce((sum, { amount_received: received }) => sum + received, 0);
  return { taken, open: sessions.data.filter(({ status }) => status === 'open').length };
}
