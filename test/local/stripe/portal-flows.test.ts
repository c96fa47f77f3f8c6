import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type Stripe from 'stripe';
import { card, handClock, look, makeCatalogue, startWorld, subscribed, submit, type World } from './world.ts';

const SHOP = 'http://localhost:4242/?portal=returned';
const back = { type: 'redirect', redirect: { return_url: SHOP } } as const;

let world: World;
let catalogue: Awaited<ReturnType<typeof makeCatalogue>>;
beforeEach(async () => {
  world = await startWorld({ clock: handClock() });
  catalogue = await makeCatalogue(world);
});
afterEach(() => world.stop());

type FlowData = Stripe.BillingPortal.SessionCreateParams.FlowData;

async function subscriber(cancel = true) {
  const { customer, subscription } = await subscribed(world, { price: catalogue.starterMonthly.id });
  const configuration = await world.stripe.billingPortal.configurations.create({
    business_profile: { headline: 'The Library' },
    features: {
      payment_method_update: { enabled: true },
      subscription_cancel: { enabled: cancel },
      subscription_update: {
        enabled: true,
        default_allowed_updates: ['price'],
        products: [{ product: 'pro', prices: [catalogue.proMonthly.id] }],
      },
    },
  });
  const open = (flow_data: FlowData) =>
    world.stripe.billingPortal.sessions.create({
      customer: customer.id,
      configuration: configuration.id,
      return_url: SHOP,
      flow_data,
    });
  const current = () => world.stripe.subscriptions.retrieve(subscription.id);
  return { customer, subscription, open, current };
}

const cancelOf = (subscription: string): FlowData => ({
  type: 'subscription_cancel',
  subscription_cancel: { subscription },
  after_completion: back,
});

describe('a portal session made for one flow', () => {
  it('cancels: begins at the question, and ends at the shop', async () => {
    const { subscription, open, current } = await subscriber();
    const { url, flow } = await open(cancelOf(subscription.id));
    expect(flow).toMatchObject({ type: 'subscription_cancel', after_completion: { redirect: { return_url: SHOP } } });
    const { text, headers } = await look(url);
    expect(text).toContain('Cancel Starter?');
    expect(text).toContain('Return to The Library');
    expect(headers.get('content-security-policy')).toContain("form-action 'self' http://localhost:4242;");
    expect(await submit(url)).toMatchObject({ status: 303, location: SHOP });
    expect((await current()).cancel_at).not.toBeNull();
  });

  it('changes the plan', async () => {
    const { subscription, open, current } = await subscriber();
    const flow = { type: 'subscription_update', subscription_update: { subscription: subscription.id } } as const;
    const { url } = await open({ ...flow, after_completion: back });
    expect((await look(url)).text).toContain('Change plan');
    expect(await submit(url, { price: catalogue.proMonthly.id })).toMatchObject({ status: 303, location: SHOP });
    expect((await current()).items.data[0]?.price.id).toBe(catalogue.proMonthly.id);
  });

  it("makes a new card the customer's default, and leaves what a subscription names as it is", async () => {
    const { customer, open, current } = await subscriber();
    const before = (await current()).default_payment_method;
    const { url } = await open({ type: 'payment_method_update', after_completion: back });
    expect(await submit(url, card('4000 0000 0000 0341'))).toMatchObject({ status: 303, location: SHOP });
    const after = await world.stripe.customers.retrieve(customer.id);
    expect(after).toMatchObject({ invoice_settings: { default_payment_method: expect.stringMatching(/^pm_/) } });
    expect((await current()).default_payment_method).toBe(before);
  });

  it('waits for the bank when the new card wants 3-D Secure, and goes on to the shop', async () => {
    const { customer, open } = await subscriber();
    const { url } = await open({ type: 'payment_method_update', after_completion: back });
    const challenge = await submit(url, card('4000 0025 0000 3155'));
    const at = new URL(challenge.location ?? '', url).href;
    expect(await submit(at, { result: 'failed' })).toMatchObject({
      status: 303,
      location: `${new URL(url).pathname}?authentication=failed`,
    });
    const again = await submit(url, card('4000 0025 0000 3155'));
    const passed = await submit(new URL(again.location ?? '', url).href, { result: 'passed' });
    expect(passed).toMatchObject({ status: 303, location: SHOP });
    const after = await world.stripe.customers.retrieve(customer.id);
    expect(after).toMatchObject({ invoice_settings: { default_payment_method: expect.stringMatching(/^pm_/) } });
  });

  it('ends with a word of its own, or at the portal, where it is asked to', async () => {
    const { subscription, open } = await subscriber();
    const told = { type: 'hosted_confirmation', hosted_confirmation: { custom_message: 'Come back soon' } } as const;
    const { url } = await open({ ...cancelOf(subscription.id), after_completion: told });
    const { location } = await submit(url);
    expect((await look(new URL(location ?? '', url).href)).text).toContain('Come back soon');

    const home = await open({ type: 'payment_method_update' });
    const done = await submit(home.url, card());
    expect((await look(new URL(done.location ?? '', url).href)).text).toContain('Manage your subscription');
  });
});

describe('a flow is refused', () => {
  const refused = (asked: Promise<unknown>) =>
    asked.then(
      () => undefined,
      (error: unknown) => error,
    );

  it('for a subscription that is another customer’s, has ended, or is going to end already', async () => {
    const [mine, other] = [await subscriber(), await subscriber()];
    const foreign = await refused(mine.open(cancelOf(other.subscription.id)));
    expect(foreign).toMatchObject({ statusCode: 400, param: 'flow_data[subscription_cancel][subscription]' });
    await submit((await mine.open(cancelOf(mine.subscription.id))).url);
    expect(await refused(mine.open(cancelOf(mine.subscription.id)))).toMatchObject({ statusCode: 400 });
    await world.stripe.subscriptions.cancel(other.subscription.id);
    expect(await refused(other.open(cancelOf(other.subscription.id)))).toMatchObject({ statusCode: 400 });
  });

  it('where the configuration does not let customers do it, and without what it needs', async () => {
    const { subscription, open } = await subscriber(false);
    expect(await refused(open(cancelOf(subscription.id)))).toMatchObject({ param: 'flow_data[type]' });
    expect(await refused(open({ type: 'subscription_update' }))).toMatchObject({ code: 'parameter_missing' });
    const nowhere = { type: 'payment_method_update', after_completion: { type: 'redirect' } } as const;
    expect(await refused(open(nowhere))).toMatchObject({ code: 'parameter_missing' });
  });
});

describe('an invoice', () => {
  it('has a link to a PDF file that is one', async () => {
    const { customer } = await subscriber();
    const [invoice] = (await world.stripe.invoices.list({ customer: customer.id })).data;
    const answer = await fetch(invoice?.invoice_pdf ?? '');
    const text = await answer.text();
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(text).toMatch(/^%PDF-1\.4\n/);
    expect(text).toContain(`(Invoice ${invoice?.number}) Tj`);
    const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
    expect(text.slice(start)).toMatch(/^xref\n/);
    const offsets = [...text.matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset));
    expect(offsets.map((offset, index) => text.startsWith(`${index + 1} 0 obj`, offset))).toEqual(
      offsets.map(() => true),
    );
  });
});
