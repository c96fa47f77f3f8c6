import { expect } from '@jest/globals';
import { connectStripe } from '../../clients/stripe.ts';
import { payWith } from '../functions/world.ts';
import { describeInBrowser } from './in-browser.ts';
import { type Person, signIn } from './person.ts';
import { screenshot } from './screenshot.ts';

/** The controls that nothing tells what they are for. */
const NAMELESS = `[...document.querySelectorAll('button, a, summary, select, input')]
  .filter((one) => !one.textContent.trim() && one.labels?.length !== 1)
  .map((one) => one.outerHTML)`;

await describeInBrowser('the dashboard, in a browser, against npm start', ({ complaints, inBrowser, local, page }) => {
  const stripe = () => connectStripe('sk_test_onlooker', local().endpoints.stripe);

  async function subscriber(name: string): Promise<{ person: Person; customer: string }> {
    const email = `${name}@example.com`;
    const person = await signIn(local(), email);
    const { json } = await person.post('/api/checkout', { plan: 'starter_monthly' });
    await payWith(String(json['url']), '4242424242424242');
    const [customer] = (await stripe().customers.list({ email })).data;
    return { person, customer: customer?.id ?? '' };
  }

  const open = (path = '') => page().goto(`${local().endpoints.stripe}${path}`);
  const button = (name: string | RegExp) => page().getByRole('button', { name });
  /** Presses a button, and waits until what it brought about is shown. */
  async function press(name: string | RegExp): Promise<void> {
    await button(name).first().click();
    await page().locator('#progress:empty').waitFor({ state: 'attached' });
    expect(await page().locator('#fault').innerText()).toBe('');
  }
  const summary = () => page().locator('.summary').first().innerText();
  const overflow = () => page().evaluate('document.documentElement.scrollWidth - innerWidth');

  inBrowser('shows a year with one failed month, made by its buttons', async () => {
    const { customer } = await subscriber('ada');
    await open();
    await page().getByRole('link', { name: 'ada@example.com' }).first().click();
    for (let renewal = 1; renewal <= 12; renewal += 1) {
      if (renewal === 5) await press('Decline the next payment');
      await press(/^To the next renewal/);
      if (renewal !== 5) continue;
      expect(await summary()).toMatch(/^Past due, 5 paid, 1 failed attempt/);
      await press(/^Go there \(Attempt 2/);
      expect(await summary()).toMatch(/^Active, 6 paid, 1 failed attempt/);
    }
    expect(await summary()).toMatch(/^Active, 13 paid, 1 failed attempt, next period/);
    const line = page().getByRole('group', { name: /^Time line/ });
    expect(await line.getByRole('link', { name: /\$9\.00 paid$/ }).count()).toBe(12);
    expect(await line.getByRole('link', { name: /\$9\.00 paid, 3 days late$/ }).count()).toBe(1);
    expect(await line.getByRole('link', { name: /attempt 1 of \$9\.00 failed/ }).count()).toBe(1);
    await line.getByRole('link', { name: /failed/ }).focus();
    await page()
      .locator('.readout')
      .getByText(/attempt 1 of \$9\.00 failed, next attempt/)
      .waitFor();
    await screenshot(page(), 'dashboard');

    const { data } = await stripe().invoices.list({ customer, limit: 100 });
    expect(data.map(({ status }) => status)).toEqual(Array.from({ length: 13 }, () => 'paid'));
    expect(
      await page()
        .getByRole('row', { name: /Paid.*\$9\.00/ })
        .count(),
    ).toBe(13);
    expect(await page().getByText('{"received":true').first().innerText()).toContain('outcome');
    expect(complaints()).toEqual([]);
  });

  inBrowser('shows what happens when a card expires, and how a new one mends it', async () => {
    const { customer, person } = await subscriber('eve');
    await open(`/customers/${customer}`);
    await press('Let this card fail from now on');
    await page()
      .getByText(/fails when it is charged/)
      .waitFor();
    await press(/^To the next renewal/);
    expect(await summary()).toMatch(/^Past due, 1 paid, 1 failed attempt/);
    expect((await person.get('/api/subscription')).json).toMatchObject({ subscription: { status: 'past_due' } });
    await press('Let the customer enter a card that pays');
    await press(/^Go there \(Attempt 2/);
    expect(await summary()).toMatch(/^Active, 2 paid, 1 failed attempt/);
    expect((await person.get('/api/subscription')).json).toMatchObject({ subscription: { status: 'active' } });
    expect(complaints()).toEqual([]);
  });

  inBrowser('holds webhooks, delivers them in another order and twice, and lets the rest go', async () => {
    const { customer } = await subscriber('mia');
    await open(`/customers/${customer}`);
    await press('Hold webhooks');
    await press('Let this card fail from now on');
    await press(/^To the next renewal/);
    const held = page().getByRole('region', { name: /^Held webhooks/ });
    const before = await held.getByRole('listitem').count();
    expect(before).toBeGreaterThanOrEqual(2);
    const last = await held.getByRole('listitem').last().locator('code').innerText();
    await held.getByRole('button').last().click();
    await page().locator('#progress:empty').waitFor({ state: 'attached' });
    expect(await held.getByRole('listitem').count()).toBe(before - 1);

    const event = page().locator('.event').filter({ hasText: last }).filter({ hasText: 'delivered' }).first();
    const delivered = page().locator(`[id="${await event.getAttribute('id')}"]`);
    await delivered.getByRole('button', { name: /^Deliver again/ }).click();
    await delivered.getByText('2 attempts').click();
    expect(await delivered.getByText(/by hand/).count()).toBe(2);
    await delivered.getByText('JSON').click();
    await delivered.getByText(`"type": "${last}"`).waitFor();

    await press('Let them go');
    await page().getByText('Delivered as they come.').waitFor();
    // What was unfolded stays so, although the page has been renewed.
    expect(await delivered.getByText(`"type": "${last}"`).isVisible()).toBe(true);
    expect(await held.count()).toBe(0);
    expect(complaints()).toEqual([]);
  });

  inBrowser('renews itself when something happens elsewhere', async () => {
    await open();
    await stripe().customers.create({ email: 'late@example.com' });
    await page().getByRole('link', { name: 'late@example.com' }).first().waitFor();
    expect(complaints()).toEqual([]);
  });

  inBrowser(
    'says how far it has come when something takes long, hears no second click, and says what went wrong',
    async () => {
      await open();
      const asked: (string | null)[] = [];
      let refuse = (): void => {};
      const slow = new Promise<void>((resolve) => (refuse = resolve));
      await page().route('**/_sim/clock', async (route) => {
        if (route.request().method() === 'GET') return route.fulfill({ json: { iso: '2030-05-06T00:00:00Z' } });
        asked.push(route.request().postData());
        await slow;
        return route.fulfill({ status: 409, json: { error: { message: 'No.', next: 'Wait.' } } });
      });
      await button('A day').click();
      await page().getByRole('status').getByText('A day passes: 2030-05-06…').waitFor();
      await button('A month').dispatchEvent('click');
      refuse();
      await page().getByRole('alert').getByText('No. Wait.').waitFor();
      await page().unroute('**/_sim/clock');
      await press('A day');
      expect(asked).toEqual(['{"advance":86400}']);
    },
  );

  inBrowser('fits on a phone, in the dark too, and every control has a name', async () => {
    await page().emulateMedia({ colorScheme: 'dark' });
    const { data } = await stripe().customers.list({ email: 'ada@example.com' });
    for (const path of ['', `/customers/${data[0]?.id}`]) {
      await page().setViewportSize({ width: 390, height: 844 });
      await open(path);
      await screenshot(page(), path === '' ? 'dashboard-phone' : 'dashboard-phone-customer');
      expect(await overflow()).toBeLessThanOrEqual(0);
      await page().setViewportSize({ width: 1600, height: 900 });
      expect(await overflow()).toBeLessThanOrEqual(0);
      expect(await page().evaluate(NAMELESS)).toEqual([]);
    }
  });
});
