import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HANDLED_EVENTS } from '../../../billing/events.ts';
import { startWorld, type World } from '../stripe/world.ts';
import { startCli } from './cli.ts';

/** Handled, but not to be had from `stripe trigger`: the CLI has no fixture for them. */
const NOT_TRIGGERED = new Set<string>(['customer.subscription.resumed', 'charge.dispute.funds_withdrawn']);
const TRIGGERED = HANDLED_EVENTS.filter((type) => !NOT_TRIGGERED.has(type));

let world: World;
let cli: Awaited<ReturnType<typeof startCli>>;

beforeEach(async () => {
  world = await startWorld();
  cli = await startCli(world.url);
});
afterEach(async () => {
  await cli.stop();
  await world.stop();
});

describe('stripe trigger', () => {
  it.each(TRIGGERED)('brings about %s', async (type) => {
    const { output } = await cli.run('trigger', type);
    expect(output).toContain('Trigger succeeded!');
    const { data } = await world.stripe.events.list({ type });
    expect(data.map((event) => event.type)).toContain(type);
  });

  it.each(['invoice.paid', 'invoice.finalized', 'invoice.voided', 'invoice.deleted', 'invoiceitem.deleted'])(
    'brings about %s, of an invoice that somebody made',
    async (type) => {
      const { output } = await cli.run('trigger', type);
      expect(output).toContain('Trigger succeeded!');
      expect((await world.stripe.events.list({ type })).data).toMatchObject([{ type }]);
    },
  );
});

describe('an invoice made by hand', () => {
  it('takes up what waits for the customer once, and can be paid', async () => {
    const { stripe } = world;
    const customer = await stripe.customers.create();
    await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    const item = (amount: number) => stripe.invoiceItems.create({ customer: customer.id, amount, currency: 'usd' });
    await item(2000);
    await item(500);
    const include = { customer: customer.id, pending_invoice_items_behavior: 'include' } as const;
    const invoice = await stripe.invoices.create(include);
    expect(invoice).toMatchObject({ status: 'draft', total: 2500, billing_reason: 'manual', auto_advance: false });
    expect(await stripe.invoices.create(include)).toMatchObject({ total: 0, lines: { data: [] } });
    const paid = await stripe.invoices.pay(invoice.id, { payment_method: 'pm_card_visa' });
    expect(paid).toMatchObject({ status: 'paid', amount_paid: 2500, parent: null });
    expect((await stripe.invoiceItems.list({ pending: true })).data).toEqual([]);
    await expect(stripe.invoices.del(invoice.id)).rejects.toMatchObject({ statusCode: 400 });
  });

  it('goes back to nothing when its draft is deleted', async () => {
    const { stripe } = world;
    const customer = await stripe.customers.create();
    const item = await stripe.invoiceItems.create({ customer: customer.id, amount: 2000, currency: 'usd' });
    const invoice = await stripe.invoices.create({ customer: customer.id, pending_invoice_items_behavior: 'include' });
    await expect(stripe.invoiceItems.del(item.id)).rejects.toMatchObject({ statusCode: 400 });
    expect(await stripe.invoices.del(invoice.id)).toMatchObject({ deleted: true });
    await expect(stripe.invoices.retrieve(invoice.id)).rejects.toMatchObject({ code: 'resource_missing' });
    await expect(stripe.invoiceItems.retrieve(item.id)).rejects.toMatchObject({ code: 'resource_missing' });
  });
});
