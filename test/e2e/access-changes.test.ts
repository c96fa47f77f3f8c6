import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { accessLine } from '../../bin/local/access-line.ts';
import type { Local } from '../../bin/local/start.ts';
import { connectStripe } from '../../clients/stripe.ts';
import type { BusEvent } from '../../local/eventbridge/bus.ts';
import { payWith } from '../functions/world.ts';
import { until } from '../local/cloud/run.ts';
import { advance, sim } from '../local/stripe/sim.ts';
import { PATIENCE, startForTest } from './local-cloud.ts';
import { signIn } from './person.ts';

const HOUR = 60 * 60;
const DAY = 24 * HOUR;

let local: Local;
const events: BusEvent[] = [];
const faults: string[] = [];

beforeAll(async () => {
  const log = (line: string) => void (/^\[(iam|lambda|sqs)\]|"level":"ERROR"/.test(line) && faults.push(line));
  local = await startForTest({ log, onEvent: (event) => void events.push(event) });
}, PATIENCE);
afterAll(() => local?.stop());

const types = () => events.map((event) => event['detail-type']);
/** The last event, as soon as there are so many: half a minute is for a busy machine. */
const told = (count: number) => until(() => events[count - 1], 6_000);

it(
  'whoever listens on the bus hears of a subscription, a renewal that fails, a card that works again, and the end',
  async () => {
    const simulator = { url: local.endpoints.stripe };
    const stripe = connectStripe('sk_test_operator', simulator.url);
    const ada = await signIn(local, 'ada@example.com');
    const { json } = await ada.post('/api/checkout', { plan: 'starter_monthly' });
    await payWith(String(json['url']), '4242424242424242');
    const granted = await told(1);
    expect(granted).toMatchObject({
      source: 'subscriptions',
      'detail-type': 'access.granted',
      detail: { allowed: true, plan: 'starter_monthly', previousPlan: null, version: 1, until: null },
    });
    const { subscriptionId, customerId } = granted.detail as { subscriptionId: string; customerId: string };

    await advance(simulator, 31 * DAY + 2 * HOUR);
    await sim(simulator, 'POST /settings', { retryAfterDays: [20], declineNextCharges: 1000 });
    await advance(simulator, 31 * DAY);
    const atRisk = await told(2);
    expect(atRisk['detail-type']).toBe('access.at_risk');
    expect(atRisk.detail).toMatchObject({ allowed: true, reason: 'past_due_grace', previousReason: 'active' });
    expect(accessLine(atRisk)).toMatch(
      /^access\.at_risk {2}starter_monthly {2}past_due_grace {2}until \d{4}-\d\d-\d\d {2}\S+\n$/,
    );

    await sim(simulator, 'POST /settings', { declineNextCharges: 0 });
    const [open] = (await stripe.invoices.list({ customer: customerId, status: 'open' })).data;
    await stripe.invoices.pay(open?.id ?? '');
    expect((await told(3)).detail).toMatchObject({ reason: 'active', previousReason: 'past_due_grace', until: null });

    await stripe.subscriptions.cancel(subscriptionId);
    expect((await told(4)).detail).toMatchObject({ allowed: false, reason: 'canceled', subscriptionId, version: 4 });

    // Nothing of the renewal that was paid, and nothing twice.
    expect(types()).toEqual(['access.granted', 'access.at_risk', 'access.secured', 'access.lost']);
    expect(faults).toEqual([]);
  },
  PATIENCE,
);
