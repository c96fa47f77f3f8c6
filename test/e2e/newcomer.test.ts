import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import type { Local } from '../../bin/local/start.ts';
import { connectStripe } from '../../clients/stripe.ts';
import { browserOrSkip } from '../browser.ts';
import { complaintsOf, everyEventTaken, journey, payAndLeave, webhooks } from './journey.ts';
import { PATIENCE, startForTest } from './local-cloud.ts';
import { screenshot } from './screenshot.ts';

const browser = await browserOrSkip();
let local: Local;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  if (!browser) return;
  local = await startForTest();
}, PATIENCE);

afterAll(async () => {
  await browser?.close();
  await local?.stop();
});

beforeEach(async () => {
  if (!browser) return;
  context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  complaints = complaintsOf(context);
});
afterEach(() => context?.close());

/** A failure is told together with what the page showed. */
async function showPage(failure: unknown): Promise<never> {
  await screenshot(page, 'failure');
  const shown = await page.locator('body').innerText();
  throw new Error(`${page.url()} showed:\n${shown}\n${complaints.join('\n')}`, { cause: failure });
}

/** A test in the browser; without one it is skipped, as browserOrSkip has said loudly. */
const inBrowser = (rule: string, run: () => Promise<void>) =>
  (browser ? it : it.skip)(rule, () => run().catch(showPage), 60_000);

const heading = (name: string) => page.getByRole('heading', { name }).waitFor();
/** What the page itself shows; the same words may also be announced to screen readers. */
const shown = (words: string) => page.getByRole('main').getByText(words).waitFor();

describe('a newcomer, in a browser, against npm start', () => {
  inBrowser('subscribes, sees the plan and the members’ content, cancels in the portal and takes it back', async () => {
    const person = journey(page, local.endpoints.site);
    await person.choose('Starter');
    await person.signIn('newcomer@example.com');
    await person.payWith('4242 4242 4242 4242');
    await heading('You have successfully subscribed!');
    expect(new URL(page.url()).pathname).toBe('/success');

    await page.goto(local.endpoints.site);
    await shown('Renews on');
    await heading('The members’ library');
    await screenshot(page, 'subscriber');

    await page.getByRole('button', { name: 'Manage subscription' }).click();
    await page.getByRole('button', { name: 'Cancel subscription' }).click();
    await everyEventTaken(connectStripe('sk_test_onlooker', local.endpoints.stripe));
    await webhooks(local.endpoints.stripe, 'hold');
    await page.getByRole('button', { name: 'Cancel subscription' }).click();
    await page.getByRole('button', { name: "Don't cancel subscription" }).waitFor();
    await page.getByRole('link', { name: /^Return to/ }).click();
    await shown('Checking for changes…');
    await shown('Renews on');
    await webhooks(local.endpoints.stripe, 'normal');
    await shown('Ends on');
    expect(page.url()).toBe(`${local.endpoints.site}/`);
    await screenshot(page, 'cancelled');

    await page.getByRole('button', { name: 'Manage subscription' }).click();
    await page.getByRole('button', { name: "Don't cancel subscription" }).click();
    await page.getByRole('link', { name: /^Return to/ }).click();
    await shown('Renews on');
    expect(complaints).toEqual([]);
  });

  inBrowser('whose card is declined may try another, or go back without having paid', async () => {
    const person = journey(page, local.endpoints.site);
    await person.choose('Starter');
    await person.signIn('declined@example.com');
    await person.payWith('4000 0000 0000 0002');
    await page.getByText('Your card was declined.').waitFor();
    await screenshot(page, 'declined');

    await page.getByRole('link', { name: /^Back/ }).click();
    await heading('You have cancelled the checkout.');
    expect(new URL(page.url()).pathname).toBe('/cancel');
    await page.getByRole('link', { name: 'Back to plans' }).click();
    await heading('Plans');
    expect(await page.getByText('Renews on').count()).toBe(0);
  });

  inBrowser('who closes the browser right after paying is a subscriber all the same, by the webhook', async () => {
    const person = journey(page, local.endpoints.site);
    await person.choose('Starter');
    await person.signIn('closes@example.com');
    await payAndLeave(page, local.endpoints.stripe, () => person.payWith('4242 4242 4242 4242'));
    await everyEventTaken(connectStripe('sk_test_onlooker', local.endpoints.stripe));
    await page.goto(local.endpoints.site);
    await shown('Renews on');
  });

  inBrowser('with a trial starts free, and sees until when', async () => {
    await page.goto(local.endpoints.site);
    await heading('Plans');
    await screenshot(page, 'plans');
    const person = journey(page, local.endpoints.site);
    await person.choose('Pro', 'Start free trial');
    await person.signIn('trial@example.com');
    await page.getByLabel('Card number').waitFor();
    await screenshot(page, 'checkout');
    await person.payWith('4242 4242 4242 4242');
    await heading('You have successfully subscribed!');
    await page.getByText('Trial until').waitFor();
    await screenshot(page, 'success');
  });

  inBrowser('may change the plan in the portal, and see the invoices there', async () => {
    const person = journey(page, local.endpoints.site);
    await person.choose('Starter');
    await person.signIn('changes@example.com');
    await person.payWith('4242 4242 4242 4242');
    await heading('You have successfully subscribed!');
    await page.goto(local.endpoints.site);
    await page.getByRole('button', { name: 'Manage subscription' }).click();
    await page.getByRole('heading', { name: 'Manage your subscription' }).waitFor();
    await screenshot(page, 'portal');
    await page.getByRole('button', { name: 'Change plan' }).click();
    await page.getByRole('radio', { name: /Pro.*29\.00.*month/ }).check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('link', { name: /^Return to/ }).click();
    await page.locator('.plan-name').getByText('Pro').waitFor();
  });
});
