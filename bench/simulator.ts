import Stripe from 'stripe';
import { startStripeSimulator } from '../local/stripe/server.ts';

/**
 * What a call costs the Stripe simulator when it holds a shop of some size: 2,000 customers with 5,000 subscriptions unless said
 * otherwise (`npm run bench:simulator -- 200 500`). Milliseconds of processor time, the SDK's own share included: what else
 * runs on the machine hardly counts.
 */
const [customers = 2_000, subscriptions = 5_000] = process.argv.slice(2).map(Number);
const ROUNDS = 300;

/** A time that stands still: nothing but the calls themselves is measured. */
const simulator = await startStripeSimulator({ clock: { now: () => Date.UTC(2027, 0, 31, 12) / 1000 } });
const { hostname, port } = new URL(simulator.url);
const stripe = new Stripe('sk_test_bench', { host: hostname, port: Number(port), protocol: 'http', telemetry: false });

const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('the list is empty');
  return found;
};

/** Milliseconds of processor time that this process has taken. */
function spent(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Somebody whose card is there from the start. */
const kept = (n: number): Stripe.CustomerCreateParams => ({
  email: `user-${n}@example.com`,
  payment_method: 'pm_card_visa',
  invoice_settings: { default_payment_method: 'pm_card_visa' },
});

async function fill(): Promise<{ ids: string[]; subscribed: string[]; price: string; milliseconds: number }> {
  const start = spent();
  const product = await stripe.products.create({ name: 'Pro' });
  const recurring = { interval: 'month' } as const;
  const facts = { product: product.id, currency: 'usd', unit_amount: 2900, recurring };
  const { id: price } = await stripe.prices.create(facts);
  const ids: string[] = [];
  const subscribed: string[] = [];
  for (let n = 0; n < customers; n += 1) {
    const customer = await stripe.customers.create(kept(n));
    ids.push(customer.id);
  }
  for (let n = 0; n < subscriptions; n += 1) {
    // Every other one is paid for, and the others begin with a trial.
    const trial = n % 2 === 0 ? { trial_period_days: 14 } : {};
    const made = await stripe.subscriptions.create({ customer: at(ids, n), items: [{ price }], ...trial });
    subscribed.push(made.id);
  }
  return { ids, subscribed, price, milliseconds: spent() - start };
}

/** The middle and the slowest twentieth of many calls. */
async function measure(call: (round: number) => Promise<unknown>): Promise<{ median: string; p95: string }> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = spent();
    await call(round);
    times.push(spent() - start);
  }
  const sorted = times.toSorted((a, b) => a - b);
  const quantile = (share: number): string => at(sorted, Math.floor(ROUNDS * share)).toFixed(2);
  return { median: quantile(0.5), p95: quantile(0.95) };
}

const { ids, subscribed, price, milliseconds } = await fill();
const metadata = (round: number) => ({ metadata: { round: String(round) } });
const calls: Readonly<Record<string, (round: number) => Promise<unknown>>> = {
  'GET a customer': (round) => stripe.customers.retrieve(at(ids, round * 7)),
  'GET a subscription': (round) => stripe.subscriptions.retrieve(at(subscribed, round * 7)),
  'GET the subscriptions of a customer': (round) => stripe.subscriptions.list({ customer: at(ids, round * 7) }),
  'POST to a customer': (round) => stripe.customers.update(at(ids, round * 7), metadata(round)),
  'POST to a subscription': (round) => stripe.subscriptions.update(at(subscribed, round * 7), metadata(round)),
  'POST a subscription, paid': (round) =>
    stripe.subscriptions.create({ customer: at(ids, round * 7), items: [{ price }] }),
};

const results: Record<string, { median: string; p95: string }> = {};
for (const [name, call] of Object.entries(calls)) results[name] = await measure(call);
process.stdout.write(
  `${customers} customers, ${subscriptions} subscriptions, made in ${Math.round(milliseconds)} ms\n`,
);
process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
await simulator.stop();
