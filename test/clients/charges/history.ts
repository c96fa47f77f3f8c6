import * as fc from 'fast-check';
import type Stripe from 'stripe';
import type { ChargeRun, Payer, StoredCharge } from '../../../billing/charge.ts';
import { charging } from '../../../clients/charges/charging.ts';
import { paying } from '../../../clients/charges/paying.ts';
import { payments, type Payments } from '../../../clients/charges/payments.ts';
import { paySessions } from '../../../clients/charges/pay-sessions.ts';
import { chargeRecords, type ChargeRecords } from '../../../clients/records/charges.ts';
import type { Table } from '../../../clients/records/table.ts';
import { payWith } from '../../functions/world.ts';
import { advance } from '../../local/stripe/sim.ts';
import { mortal, SAME, stage, type Trouble } from './stage.ts';

const CARDS = {
  pays: 'pm_card_visa',
  fails: 'pm_card_chargeCustomerFail',
  'wants the customer': 'pm_card_authenticationRequired',
  none: undefined,
} as const;
type Card = keyof typeof CARDS;

/** One customer and one run: who does what at the same time, in which order, and what breaks. */
export interface History {
  readonly card: Card;
  /** The job and the operator's command line, as often as they are started. */
  readonly workers: readonly (readonly Trouble[])[];
  /** What the customer does at the page, in as many tabs. */
  readonly tabs: readonly { readonly pays: boolean; readonly troubles: readonly Trouble[] }[];
  readonly card2: Exclude<Card, 'none'> | 'taken away' | null;
  /** How many hours pass while all this is going on, each time. */
  readonly hours: readonly number[];
  readonly choices: readonly number[];
}

const troubles: fc.Arbitrary<Trouble[]> = fc.array(
  fc.record({
    atCall: fc.nat({ max: 8 }),
    kind: fc.constantFrom('dies', 'lost'),
    when: fc.constantFrom('before', 'after'),
  }),
  { maxLength: 2 },
);

export const history: fc.Arbitrary<History> = fc.record({
  card: fc.constantFrom<Card>('pays', 'pays', 'fails', 'wants the customer', 'none'),
  workers: fc.array(troubles, { minLength: 1, maxLength: 3 }),
  tabs: fc.array(fc.record({ pays: fc.boolean(), troubles }), { maxLength: 2 }),
  card2: fc.constantFrom('pays', 'fails', 'taken away', null, null),
  hours: fc.array(fc.constantFrom(1, 25), { maxLength: 2 }),
  choices: fc.noBias(fc.array(fc.constantFrom(SAME, SAME, SAME, 0, 1, 2, 3, 4), { minLength: 40, maxLength: 80 })),
});

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

let lives = 0;

export async function live(shop: Shop, told: History, rule: Rule): Promise<End> {
  lives += 1;
  const { stripe } = shop;
  const customer = await customerWith(stripe, CARDS[told.card]);
  const payer: Payer = { userId: `user-${lives}`, customerId: customer.id };
  const run: ChargeRun = { id: 'fee', amount: 500, currency: 'usd', description: 'The fee', on: '2026-12-01' };
  const { pause, play } = stage(told.choices);
  const parts = {
    records: rule.records(chargeRecords(shop.table)),
    payments: rule.payments(payments(stripe)),
    sessions: paySessions(stripe),
    now: () => 0,
  };

  const someone = (broken: readonly Trouble[]) => {
    const { hands, dead } = mortal(pause, broken);
    const { records, sessions, now } = parts;
    return {
      dead,
      parts: { records: hands(records), payments: hands(parts.payments), sessions: hands(sessions), now },
    };
  };
  const worker = (broken: readonly Trouble[]) => async () => {
    const { parts: own, dead } = someone(broken);
    for (let starts = 0; starts < 3 && !dead(); starts += 1)
      await charging(own)
        .charge(run, payer)
        .catch(() => {});
  };
  const webhook = (url: string) => paying(parts).settle(/cs_test_\w+/.exec(url)?.[0] ?? '');
  const tab =
    ({ pays, troubles: broken }: History['tabs'][number]) =>
    async () => {
      const { parts: own, dead } = someone(broken);
      for (let asked = 0; asked < 3 && !dead(); asked += 1) {
        const result = await paying(own)
          .open(payer.userId, run.id, 'https://site.example')
          .catch(() => undefined);
        await pause();
        if (!pays || result?.kind !== 'open') continue;
        await payWith(result.url, '4242424242424242');
        await pause();
        await webhook(result.url);
      }
    };
  const otherCard = async () => {
    if (told.card2 === 'taken away') await takeAway(stripe, customer.id);
    else if (told.card2 !== null) await give(stripe, customer.id, CARDS[told.card2]);
  };
  const time = async () => {
    for (const hours of told.hours) {
      await pause();
      await advance({ url: shop.simulator }, hours * 3600);
    }
  };
  await play([...told.workers.map(worker), ...told.tabs.map(tab), otherCard, time]);

  await charging(parts).charge(run, payer); // the job's next hour
  return {
    amount: run.amount,
    ...(await sumsOf(stripe, customer.id)),
    record: await parts.records.read(payer.userId, run.id),
  };
}

async function customerWith(stripe: Stripe, card: string | undefined): Promise<Stripe.Customer> {
  if (card === undefined) return stripe.customers.create();
  return stripe.customers.create({ payment_method: card, invoice_settings: { default_payment_method: card } });
}

async function give(stripe: Stripe, customer: string, card: string): Promise<void> {
  const { id } = await stripe.paymentMethods.attach(card, { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
}

async function takeAway(stripe: Stripe, customer: string): Promise<void> {
  for await (const { id } of stripe.paymentMethods.list({ customer })) await stripe.paymentMethods.detach(id);
}

async function sumsOf(stripe: Stripe, customer: string): Promise<Pick<End, 'taken' | 'open'>> {
  const [intents, sessions] = await Promise.all([
    stripe.paymentIntents.list({ customer, limit: 100 }),
    stripe.checkout.sessions.list({ customer, limit: 100 }),
  ]);
  const taken = intents.data.reduce((sum, { amount_received }) => sum + amount_received, 0);
  return { taken, open: sessions.data.filter(({ status }) => status === 'open').length };
}
