import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { connectStripe } from '../../clients/stripe.ts';
import { advance, sim } from '../local/stripe/sim.ts';
import { describeInBrowser } from './in-browser.ts';
import { everyEventTaken, journey } from './journey.ts';
import { screenshot } from './screenshot.ts';

const HOUR = 60 * 60;
const MONTH = 31 * 24 * HOUR;

await describeInBrowser('a subscriber, in a browser, against npm start', ({ complaints, local, ...seat }) => {
  const { heading, inBrowser, shown } = seat;
  const simulator = () => ({ url: local().endpoints.stripe });
  const stripe = () => connectStripe('sk_test_onlooker', local().endpoints.stripe);

  async function subscriber(email: string): Promise<Page> {
    const person = journey(seat.page(), local().endpoints.site);
    await person.choose('Starter');
    await person.signIn(email);
    await person.payWith('4242 4242 4242 4242');
    await heading('You have successfully subscribed!');
    await seat.page().goto(local().endpoints.site);
    await shown('Renews on');
    return seat.page();
  }

  const fillCard = async (page: Page, number: string): Promise<void> => {
    await page.getByLabel('Card number').fill(number);
    await page.getByLabel('Expiration').fill('12/34');
    await page.getByLabel('CVC').fill('123');
    await page.getByLabel('Name on card').fill('A Customer');
  };

  inBrowser('whose renewal failed sees what is due, pays it on the invoice’s page, and is active again', async () => {
    const page = await subscriber('arrears@example.com');
    await sim(simulator(), 'POST /settings', { declineNextCharges: 1 });
    await advance(simulator(), MONTH + 2 * HOUR);
    await page.goto(local().endpoints.site);
    await shown('Payment due');
    await shown('We try your card again on');
    await screenshot(page, 'payment-due');

    await page.getByRole('link', { name: 'Pay $9.00 now' }).click();
    await fillCard(page, '5555 5555 5555 4444');
    await page.getByRole('button', { name: 'Pay $9.00' }).click();
    await page.getByText('Paid', { exact: true }).first().waitFor();
    await screenshot(page, 'invoice');
    await everyEventTaken(stripe());
    await page.goto(local().endpoints.site);
    await shown('Renews on');
    expect(await page.getByText('Payment due').count()).toBe(0);
    expect(complaints()).toEqual([]);
  });

  inBrowser('cancels at the very page for it, is back at once, and takes it back', async () => {
    const page = await subscriber('leaves@example.com');
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await heading('Cancel Starter?');
    await screenshot(page, 'portal-cancel');
    await page.getByRole('button', { name: 'Cancel subscription' }).click();
    await shown('Ends on');
    expect(page.url()).toBe(`${local().endpoints.site}/`);

    await page.getByRole('button', { name: 'Keep my subscription' }).click();
    await page.getByRole('button', { name: "Don't cancel subscription" }).click();
    await page.getByRole('link', { name: 'Return to Harbour' }).click();
    await shown('Renews on');
    expect(complaints()).toEqual([]);
  });

  inBrowser('changes the card, and the next renewal is charged to that one', async () => {
    const page = await subscriber('card@example.com');
    await advance(simulator(), HOUR);
    await page.getByRole('button', { name: 'Update card' }).click();
    await fillCard(page, '5555 5555 5555 4444');
    await page.getByRole('button', { name: 'Save card' }).click();
    await shown('Renews on');
    await everyEventTaken(stripe());
    await advance(simulator(), MONTH + 2 * HOUR);
    const { data } = await stripe().charges.list({ limit: 1 });
    expect(data).toMatchObject([{ paid: true, payment_method_details: { card: { brand: 'mastercard' } } }]);
  });

  inBrowser('opens the members’ files, for as long as the access lasts and a quarter of an hour', async () => {
    const page = await subscriber('reads@example.com');
    const { site } = local().endpoints;
    const article = page.getByRole('link', { name: 'The light at the end of the pier' });
    const status = async (): Promise<number | undefined> => (await page.reload())?.status();
    await article.click();
    await heading('The light at the end of the pier');
    expect(await page.locator('img').evaluate((image) => 'naturalWidth' in image && image.naturalWidth)).toBe(900);
    await screenshot(page, 'members-file');
    expect((await page.reload())?.headers()['cache-control']).toBe('private, no-cache');
    expect((await fetch(page.url())).status).toBe(403);

    await advance(simulator(), 16 * 60);
    expect(await status()).toBe(403);
    await page.goto(site);
    await article.click();
    await heading('The light at the end of the pier');

    const { data } = await stripe().subscriptions.list({ limit: 1 });
    await stripe().subscriptions.cancel(data[0]?.id ?? '');
    await everyEventTaken(stripe());
    expect(await status()).toBe(200);
    await advance(simulator(), 16 * 60);
    expect(await status()).toBe(403);
    await page.goto(site);
    await shown('Members read every article here.');
    expect(complaints()).toEqual([]);
  });

  inBrowser('finds each invoice as a PDF', async () => {
    const page = await subscriber('invoices@example.com');
    const pdf = await page.getByRole('link', { name: /^PDF of invoice/ }).getAttribute('href');
    const answer = await fetch(pdf ?? '');
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(await answer.text()).toMatch(/^%PDF-/);
  });
});
