import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ChargeRun } from '../../../billing/charge.ts';
import { charging, type Charging } from '../../../clients/charges/charging.ts';
import { payments } from '../../../clients/charges/payments.ts';
import { chargeRecords } from '../../../clients/records/charges.ts';
import { connectStripe } from '../../../clients/stripe.ts';
import { startStripeSimulator, type StripeSimulator } from '../../../local/stripe/server.ts';
import { createWitness } from '../../local/stripe/truth/witness.ts';
import { countCalls, type Counter } from '../../support/counting.ts';
import { startTable } from '../../support/dynamo.ts';

const run: ChargeRun = { id: 'fee', amount: 500, currency: 'usd', description: 'The fee', on: '2026-12-01' };

let witness: Awaited<ReturnType<typeof createWitness>>;
let simulator: StripeSimulator;
let table: Awaited<ReturnType<typeof startTable>>;
let counter: Counter;
let charges: Charging;

beforeAll(async () => {
  witness = await createWitness('all');
  simulator = await startStripeSimulator(witness.watching);
  counter = await countCalls(simulator.url);
  table = await startTable();
  const parts = { records: chargeRecords(table), payments: payments(connectStripe('sk_test_cost', counter.url)) };
  charges = charging({ ...parts, now: () => 0 });
});
afterAll(async () => {
  await Promise.all([counter.stop(), simulator.stop(), table.stop()]);
  witness.swear();
});

/** What charging this card asks of Stripe, the first time and once it is settled. */
async function callsFor(userId: string, card: string | undefined) {
  const given = card ? { payment_method: card, invoice_settings: { default_payment_method: card } } : {};
  const { id } = await connectStripe('sk_test_cost', simulator.url).customers.create(given);
  const payer = { userId, customerId: id };
  await charges.charge(run, payer);
  const first = counter.taken().map((call) => call.replaceAll(/(cus|pi)_\w+/g, '*'));
  await charges.charge(run, payer);
  return { first, settled: counter.taken() };
}

const LOOK = 'GET /v1/customers/*';
const PREPARE = 'POST /v1/payment_intents';
const ATTEMPT = 'POST /v1/payment_intents/*/confirm';

it.each([
  ['a card that pays is three calls to Stripe', 'pm_card_visa', [LOOK, PREPARE, ATTEMPT]],
  [
    'a card that is declined is four',
    'pm_card_chargeCustomerFail',
    [LOOK, PREPARE, ATTEMPT, 'GET /v1/payment_intents/*'],
  ],
  ['no card is one', undefined, [LOOK]],
])('%s, and none once it is settled', async (name, card, calls) => {
  expect(await callsFor(name, card)).toEqual({ first: calls, settled: [] });
});
