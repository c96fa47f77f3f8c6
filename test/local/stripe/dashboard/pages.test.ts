import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { advance, sim } from '../sim.ts';
import {
  handClock,
  look,
  makeCatalogue,
  setAccount,
  startReceiver,
  startWorld,
  subscribed,
  until,
  type World,
} from '../world.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;
const START = Date.UTC(2027, 0, 31, 12) / 1000;

let world: World;
let customer: string;
let price: string;
beforeEach(async () => {
  world = await startWorld({ clock: handClock(START) });
  price = (await makeCatalogue(world)).proMonthly.id;
  customer = (await subscribed(world, { price })).customer.id;
});
afterEach(() => world.stop());

/** What a page says, without its tags. */
async function textOf(path: string): Promise<string> {
  const { text } = await look(`${world.url}${path}`);
  return text
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(' ,', ',');
}
const count = (text: string, words: string | RegExp): number => text.split(words).length - 1;

describe('a customer’s page', () => {
  it('tells a year with one failed month: twelve renewals, the attempt that failed, and the recovery', async () => {
    for (let month = 1; month <= 12; month += 1) {
      if (month === 5) await setAccount(world, { declineNextCharges: 1 });
      const renewal = Date.UTC(2027, month + 1, 0, 12) / 1000;
      await sim(world, 'POST /clock', { until: renewal + 4 * DAY });
    }
    const text = await textOf(`/customers/${customer}`);
    expect(text).toContain('Active, 13 paid, 1 failed attempt, next period 29 Feb 2028');
    const words = text.slice(text.indexOf('The same in words'), text.indexOf('Legend'));
    expect(count(words, ' paid')).toBe(13);
    expect(words).toMatch(
      /31 Jan 2027 Subscribed: Pro, \$29.00 \/ month.*30 Jun 2027 \S+ \S+: attempt 1 of \$29.00 failed, next attempt 3 Jul 2027 30 Jun 2027 Status: Past due 3 Jul 2027 \S+ \S+: \$29.00 paid, 3 days late 3 Jul 2027 Status: Active/,
    );
    expect(text).toContain('$377.00 paid');
  });

  it('draws a phase for each status and a mark for each payment, each of which leads to its event', async () => {
    await advance(world, 60 * DAY);
    const { text } = await look(`${world.url}/customers/${customer}`);
    expect(count(text, /class="phase active"\s+x="2.000%"/)).toBe(1);
    const marks = [...text.matchAll(/<a class="mark" href="(\/events\/evt_\w+)">\s*<title>([^<]*)/g)];
    expect(marks.filter(([, , words = '']) => words.endsWith('$29.00 paid'))).toHaveLength(3);
    for (const [, href = ''] of marks) expect((await look(`${world.url}${href}`)).status).toBe(200);
  });

  it('tells what comes next, soonest first, and goes there', async () => {
    await sim(world, `POST /customers/${customer}/card`, { card: 'pm_card_chargeCustomerFail' });
    await advance(world, 29 * DAY);
    const text = await textOf(`/customers/${customer}`);
    expect(text).toMatch(/What comes next 3 Mar 2027.* Attempt 2 to charge \$29.00 .* 31 Mar 2027.* Next period/);
    const { text: html } = await look(`${world.url}/customers/${customer}`);
    const body = /data-path="\/_sim\/clock"\s+data-body="([^"]*until[^"]*)"[^>]*>\s*Go there/.exec(html)?.[1] ?? '';
    expect(JSON.parse(body.replaceAll('&quot;', '"'))).toEqual({ until: Date.UTC(2027, 2, 3, 13) / 1000 });
  });

  it('tells what the card does, and offers the other kind', async () => {
    expect(await textOf(`/customers/${customer}`)).toMatch(
      /Visa 4242, expires 12\/2040: pays\. .*Let this card fail from now on/,
    );
    await sim(world, `POST /customers/${customer}/card`, { card: 'pm_card_chargeCustomerFail' });
    expect(await textOf(`/customers/${customer}`)).toMatch(/Visa 0341.*Let the customer enter a card that pays/);
  });

  it('has the invoices with their pages and files', async () => {
    const { text } = await look(`${world.url}/customers/${customer}`);
    const { data } = await world.stripe.invoices.list({ customer });
    for (const { hosted_invoice_url: hosted, invoice_pdf: pdf } of data) {
      expect(text).toContain(`href="${hosted}"`);
      expect(text).toContain(`href="${pdf}"`);
    }
  });

  it('shows the customer’s own events only, those among them that do not name the customer', async () => {
    const own = {
      payment_method: 'pm_card_createDispute',
      invoice_settings: { default_payment_method: 'pm_card_createDispute' },
    };
    const other = await world.stripe.customers.create(own);
    await world.stripe.subscriptions.create({ customer: other.id, items: [{ price }] });
    expect(await textOf(`/customers/${customer}`)).not.toContain('charge.dispute.created');
    const text = await textOf(`/customers/${other.id}`);
    expect(text).toMatch(/Invoice \S+: \$29.00 paid .*\$29.00 disputed/);
    expect(text).toMatch(/JSON .*charge\.dispute\.created .*JSON/);
    expect(text).toMatch(/JSON .*invoice_payment\.paid .*JSON/);
  });
});

it('a customer on a test clock is shown in the clock’s time, which the dashboard does not move', async () => {
  const frozen = Date.UTC(2029, 4, 1) / 1000;
  const { testClocks } = world.stripe.testHelpers;
  const clock = await testClocks.create({ frozen_time: frozen });
  const default_payment_method = 'pm_card_visa';
  const { id } = await world.stripe.customers.create({
    email: 'zoe@example.com',
    test_clock: clock.id,
    payment_method: default_payment_method,
    invoice_settings: { default_payment_method },
  });
  await world.stripe.subscriptions.create({ customer: id, items: [{ price }] });
  await testClocks.advance(clock.id, { frozen_time: frozen + 40 * DAY });
  await until(async () => (await testClocks.retrieve(clock.id)).status === 'ready');
  const text = await textOf(`/customers/${id}`);
  expect(text).toContain('Active, 2 paid, next period 1 Jul 2029');
  expect(text).toMatch(
    /1 May 2029 Subscribed: Pro.*1 Jun 2029 \S+ \S+: \$29.00 paid.*For this customer it is 10 Jun 2029/,
  );
  expect(text).toContain('Time 31 Jan 2027, 12:00:00 UTC');
  expect(text).not.toMatch(/To the next renewal|Go there/);
  expect(await textOf('/')).toMatch(/zoe@example.com Pro, .*: Active, 2 paid, next period 1 Jul 2029/);
});

describe('events', () => {
  it('are shown with each attempt to deliver them and what was answered', async () => {
    const receiver = await startReceiver([500]);
    await world.stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: ['customer.updated'] });
    await world.stripe.customers.update(customer, { name: 'Ada' });
    await until(() => receiver.received.length === 1);
    await advance(world, 60);
    const text = await textOf(`/customers/${customer}`);
    await receiver.stop();
    expect(text).toMatch(
      /customer\.updated delivered : 200 OK \{&quot;received&quot;:true\}.* 2 attempts.*500 Internal/,
    );
  });

  it('that are held are listed in their order, each to be delivered now', async () => {
    const receiver = await startReceiver();
    await world.stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: ['*'] });
    await sim(world, 'POST /delivery', { mode: 'hold' });
    await world.stripe.customers.update(customer, { name: 'Ada' });
    await world.stripe.customers.update(customer, { name: 'Ada Lovelace' });
    const text = await textOf('/');
    expect(text).toContain('Held back: 2.');
    expect(text).toMatch(/Held webhooks: 2 .*Deliver now \(customer\.updated\) .*Deliver now \(customer\.updated\)/);
    await sim(world, 'POST /delivery', { mode: 'normal' });
    expect(await textOf('/')).not.toContain('Held webhooks');
    await receiver.stop();
  });

  it('can be narrowed to a type, and are the newest hundred until more are asked for', async () => {
    const { id } = await world.stripe.customers.create();
    const names = Array.from({ length: 120 }, (_, index) => `Ada ${index}`);
    for (const name of names) await world.stripe.customers.update(id, { name });
    const rows = async (query: string) =>
      count((await look(`${world.url}/customers/${id}${query}`)).text, 'class="event"');
    expect(await rows('')).toBe(100);
    expect(await rows('?type=customer.updated&shown=200')).toBe(120);
    expect(await rows('?type=customer.created')).toBe(1);
    expect(await rows('?shown=-1')).toBe(100);
    expect(await textOf(`/customers/${id}`)).toContain('Show more 100 of 121');
  });

  it('have a page of their own with the payload', async () => {
    const [event] = (await world.stripe.events.list({ limit: 1 })).data;
    expect(await textOf(`/events/${event?.id}`)).toContain(`&quot;type&quot;: &quot;${event?.type}&quot;`);
    expect((await look(`${world.url}/events/evt_x`)).status).toBe(404);
    expect((await look(`${world.url}/customers/cus_x`)).status).toBe(404);
  });
});

it('customers are found by email, name or id', async () => {
  await world.stripe.customers.create({ email: 'eve@example.com', name: 'Eve' });
  expect(await textOf('/?q=EVE')).toMatch(/Customers .*eve@example.com/);
  expect(await textOf('/?q=EVE')).not.toContain('Active, 1 paid');
  expect(await textOf(`/?q=${customer}`)).toContain('Active, 1 paid');
  expect(await textOf('/?q=nobody')).toContain('None like that.');
});

it('nothing that customers are called becomes part of a page', async () => {
  const name = `<script>alert("x")</script>' onload='`;
  const { id } = await world.stripe.customers.create({ name });
  for (const path of [
    '/',
    `/customers/${id}`,
    `/?q=${encodeURIComponent(name)}`,
    `/?type=${encodeURIComponent(name)}`,
  ]) {
    expect((await look(`${world.url}${path}`)).text).not.toMatch(/<script>|' onload/);
  }
});

it('runs its own script and nothing else, and is framed by nobody; pages for customers run none', async () => {
  const policy = async (path: string) => (await look(`${world.url}${path}`)).headers.get('content-security-policy');
  expect(await policy('/')).toMatch(
    /^default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; .*frame-ancestors 'none'/,
  );
  const [{ hosted_invoice_url: hosted } = {}] = (await world.stripe.invoices.list()).data;
  expect(await policy(new URL(hosted ?? '').pathname)).not.toContain('script-src');
  const { text } = await look(`${world.url}/customers/${customer}`);
  expect(text).not.toMatch(/ style="| on[a-z]+="|<script(?! type="module" src="\/_page\/dashboard.js")/);
  expect((await look(`${world.url}/_page/dashboard.js`)).headers.get('content-type')).toBe(
    'text/javascript; charset=utf-8',
  );
});
