import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { card, handClock, makeCatalogue, openCheckout, setAccount, startWorld, submit, type World } from '../world.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;
const noon = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day, 12) / 1000;
/** The last days of the months, from the end of January: where each period ends. */
const RENEWALS = Array.from({ length: 12 }, (_, index) => noon(2027, index + 3, 0));
const FAILED = RENEWALS[5] ?? 0;

let world: World;
let clock: ReturnType<typeof handClock>;
beforeEach(async () => {
  clock = handClock(noon(2027, 1, 31));
  world = await startWorld({ clock });
});
afterEach(() => world.stop());

async function live(customer: string): Promise<string[]> {
  const statuses: string[] = [];
  const look = async () => {
    const [subscription] = (await world.stripe.subscriptions.list({ customer, status: 'all' })).data;
    statuses.push(subscription?.status ?? 'none');
  };
  for (const renewal of RENEWALS) {
    if (renewal === FAILED) await setAccount(world, { declineNextCharges: 1 });
    clock.moveTo(renewal + HOUR);
    await look();
    if (renewal !== FAILED) continue;
    clock.moveTo(renewal + HOUR + 3 * DAY);
    await look();
  }
  return statuses;
}

describe('a year in the life of a monthly subscription, with one month that failed at first', () => {
  it('renews on each last day, is past due for three days, and says nothing that Stripe would not', async () => {
    const { proMonthly } = await makeCatalogue(world);
    const { customer, url } = await openCheckout(world, { price: proMonthly.id });
    await submit(url, card());
    const statuses = await live(customer.id);
    expect(statuses.filter((status) => status !== 'active')).toEqual(['past_due']);

    const invoices = await world.stripe.invoices.list({ customer: customer.id, limit: 100 });
    expect(invoices.data.map(({ created }) => created).toReversed()).toEqual([noon(2027, 1, 31), ...RENEWALS]);
    expect(invoices.data.map(({ status, amount_paid: paid }) => `${status} ${paid}`)).toEqual(
      Array.from({ length: 13 }, () => 'paid 2900'),
    );
    const failures = await world.stripe.events.list({ type: 'invoice.payment_failed' });
    expect(failures.data.map(({ created }) => created)).toEqual([FAILED + HOUR]);
    const all = await world.stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 1_000 });
    expect(all.length).toBeGreaterThan(100);
    expect(world.seen.faults).toEqual([]);
  });
});
