import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type Stripe from 'stripe';
import { card, look, makeCatalogue, openCheckout, startWorld, submit, type World } from './world.ts';

const RETURN = 'http://localhost:4242/success?session_id={CHECKOUT_SESSION_ID}';
const MODES = ['embedded_page', 'elements'] as const;

let world: World;
let price: string;
beforeAll(async () => {
  world = await startWorld();
  price = (await makeCatalogue(world)).proMonthly.id;
});
afterAll(() => world.stop());

type Wanted = Partial<Stripe.Checkout.SessionCreateParams>;

async function open(ui_mode: string, wanted: Wanted = {}): Promise<Stripe.Checkout.Session> {
  const customer = await world.stripe.customers.create({ email: 'ada@example.com' });
  const line_items = [{ price, quantity: 1 }];
  const sold = { mode: 'subscription' as const, customer: customer.id, line_items };
  return world.stripe.checkout.sessions.create({ ...sold, ui_mode, return_url: RETURN, ...wanted });
}

const frameOf = (session: Stripe.Checkout.Session): string => `${world.url}/c/embed/${session.client_secret}`;
const again = (session: Stripe.Checkout.Session) => world.stripe.checkout.sessions.retrieve(session.id);

describe.each(MODES)('a session with ui_mode %s', (mode) => {
  it('has a secret instead of an address, and the same secret when it is asked for again', async () => {
    const session = await open(mode);
    expect(session).toMatchObject({ ui_mode: mode, url: null, return_url: RETURN, success_url: null, status: 'open' });
    expect(session.client_secret).toMatch(new RegExp(`^${session.id}_secret_\\w+$`));
    expect((await again(session)).client_secret).toBe(session.client_secret);
  });

  it('is paid in its frame, which then tells the page around it where to go', async () => {
    const session = await open(mode);
    const paid = await submit(frameOf(session), card());
    expect(paid).toMatchObject({ status: 303, location: `/c/embed/${session.client_secret}` });
    const { text } = await look(frameOf(session));
    expect(text).toContain('data-state="complete"');
    expect(text).toContain(`data-back="http://localhost:4242/success?session_id=${session.id}"`);
    expect(await again(session)).toMatchObject({ status: 'complete', payment_status: 'paid' });
  });

  it('says why a card is declined, stays open, and takes another one', async () => {
    const session = await open(mode);
    const { status, text } = await submit(frameOf(session), card('4000 0000 0000 0002'));
    expect(status).toBe(402);
    expect(text).toContain('data-refusal="Your card was declined."');
    expect(text).toContain('data-code="paymentFailed"');
    expect(await again(session)).toMatchObject({ status: 'open', subscription: null });
    await submit(frameOf(session), card());
    expect(await again(session)).toMatchObject({ status: 'complete' });
  });

  it('has the bank ask within the frame, whichever way that ends', async () => {
    const session = await open(mode);
    const threeDSecure = card('4000 0025 0000 3155');
    const asked = await submit(frameOf(session), threeDSecure);
    const refused = await submit(world.url + asked.location, { result: 'failed' });
    expect(refused.location).toBe(`/c/embed/${session.client_secret}?authentication=failed`);
    expect((await look(world.url + refused.location)).text).toContain('data-code="paymentFailed"');
    const askedAgain = await submit(frameOf(session), threeDSecure);
    const passed = await submit(world.url + askedAgain.location, { result: 'passed' });
    expect(passed.location).toBe(`/c/embed/${session.client_secret}`);
    expect(await again(session)).toMatchObject({ status: 'complete', payment_status: 'paid' });
  });

  it('may be framed by the shop’s own page and by no other; nor is it to be had as a page of its own', async () => {
    const session = await open(mode);
    const policy = (await look(frameOf(session))).headers.get('content-security-policy');
    expect(policy).toContain('frame-ancestors http://localhost:4242');
    expect((await look(`${world.url}/c/pay/${session.id}`)).status).toBe(404);
  });

  it('opens to nobody who knows its id only', async () => {
    const session = await open(mode);
    for (const secret of [session.id, `${session.id}_secret_`, `${session.id}_secret_guessed`]) {
      expect((await look(`${world.url}/c/embed/${secret}`)).status).toBe(404);
      expect((await look(`${world.url}/c/session/${secret}`)).status).toBe(404);
    }
  });

  it('that was closed takes no payment any more', async () => {
    const session = await open(mode);
    await world.stripe.checkout.sessions.expire(session.id);
    const { status, text } = await submit(frameOf(session), card());
    expect(status).toBe(410);
    expect(text).toContain('data-state="expired"');
  });

  it('takes no address of the hosted page, and needs one to come back to', async () => {
    await expect(open(mode, { success_url: RETURN })).rejects.toMatchObject({ param: 'success_url' });
    await expect(open(mode, { cancel_url: RETURN })).rejects.toMatchObject({ param: 'cancel_url' });
    const without = { ui_mode: mode, mode: 'subscription' as const, line_items: [{ price, quantity: 1 }] };
    await expect(world.stripe.checkout.sessions.create(without)).rejects.toMatchObject({ param: 'return_url' });
  });
});

describe('ui_mode', () => {
  it('refuses the words of older versions, and what there is no stand-in for', async () => {
    await expect(open('embedded')).rejects.toMatchObject({ param: 'ui_mode' });
    await expect(open('custom')).rejects.toMatchObject({ param: 'ui_mode' });
    await expect(open('form')).rejects.toMatchObject({ param: 'ui_mode' });
  });

  it('hosted_page has no secret, and takes no return_url', async () => {
    const { session } = await openCheckout(world, { price });
    expect(session).toMatchObject({ client_secret: null, url: expect.any(String) });
    await expect(open('hosted_page', { success_url: RETURN })).rejects.toMatchObject({ param: 'return_url' });
  });
});

describe('what Stripe.js knows of a session', () => {
  it('is what is bought, what is due today, and what comes after the trial; for the shop’s own page', async () => {
    const session = await open('elements', { subscription_data: { trial_period_days: 14 } });
    const { headers, text } = await look(`${world.url}/c/session/${session.client_secret}`);
    expect(headers.get('access-control-allow-origin')).toBe('http://localhost:4242');
    expect(JSON.parse(text)).toMatchObject({
      id: session.id,
      email: 'ada@example.com',
      status: { type: 'open' },
      lineItems: [{ name: 'Pro', quantity: 1 }],
      total: { total: { minorUnitsAmount: 0, amount: '$0.00' } },
      recurring: { interval: 'month', dueNext: { total: { minorUnitsAmount: 2900 } }, trial: { trialPeriodDays: 14 } },
    });
  });

  it('is no secret of the log: what is logged of a frame is that there was one', async () => {
    const lines: string[] = [];
    const other = await startWorld({ log: (line) => void lines.push(line) });
    await look(`${other.url}/c/embed/cs_test_1_secret_2`);
    await look(`${other.url}/c/session/cs_test_1_secret_2`);
    await other.stop();
    expect(lines.join('\n')).not.toContain('secret');
  });
});

describe('the stand-in of Stripe.js', () => {
  it('is where js.stripe.com has it', async () => {
    const { headers, text } = await look(`${world.url}/endive/stripe.js`);
    expect(headers.get('content-type')).toContain('text/javascript');
    expect(text).toContain('initCheckoutElementsSdk');
    expect(text).toContain('createEmbeddedCheckoutPage');
  });
});
