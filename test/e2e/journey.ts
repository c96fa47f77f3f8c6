import { setTimeout } from 'node:timers/promises';
import type { BrowserContext, Page } from 'playwright-core';
import type Stripe from 'stripe';

/** What a person does, in the words that stand on the pages. */
export function journey(page: Page, site: string) {
  const card = (plan: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: plan }) });
  return {
    /** @param button what stands on the plan's button */
    async choose(plan: string, button = 'Subscribe'): Promise<void> {
      await page.goto(site);
      await card(plan).getByRole('button', { name: button }).click();
    },

    async signIn(email: string): Promise<void> {
      await page.getByLabel('Email').fill(email);
      await page.getByRole('button', { name: 'Sign in' }).click();
    },

    async payWith(card: string): Promise<void> {
      await page.getByLabel('Card number').fill(card);
      await page.getByLabel('Expiration').fill('12/34');
      await page.getByLabel('CVC').fill('123');
      await page.getByLabel('Name on card').fill('A Customer');
      await page.getByRole('button', { name: 'Subscribe' }).click();
    },
  };
}

/** The payment reaches Checkout, but its answer, which leads to the success page, no longer reaches the browser. */
export async function payAndLeave(page: Page, checkout: string, pay: () => Promise<void>): Promise<void> {
  const left = page.waitForEvent('requestfailed', (request) => request.url().startsWith(checkout));
  await page.route(`${checkout}/**`, async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    await route.fetch({ maxRedirects: 0 });
    await route.abort();
  });
  await pay();
  await left;
}

/** Everything that a browser complains about: script errors, and what the Content-Security-Policy refused. */
export function complaintsOf(context: BrowserContext): string[] {
  const complaints: string[] = [];
  context.on('weberror', (error) => complaints.push(error.error().message));
  context.on('console', (message) => {
    if (message.type() === 'error' && !/status of 40[0-9]/.test(message.text())) complaints.push(message.text());
  });
  return complaints;
}

/** Waits until Stripe has no event left that our webhook has not taken. */
export async function everyEventTaken(stripe: Stripe): Promise<void> {
  const events = await stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 1000 });
  if (events.every(({ pending_webhooks: pending }) => pending === 0)) return;
  await setTimeout(50);
  await everyEventTaken(stripe);
}

/** Keeps Stripe's webhooks back, or lets go of them all. */
export async function webhooks(stripe: string, mode: 'hold' | 'normal'): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ mode });
  const answer = await fetch(`${stripe}/_sim/delivery`, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
}
