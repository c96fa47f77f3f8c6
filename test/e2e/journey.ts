import type { BrowserContext, Locator, Page } from 'playwright-core';

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

/** Everything that a browser complains about: script errors, and what the Content-Security-Policy refused. */
export function complaintsOf(context: BrowserContext): string[] {
  const complaints: string[] = [];
  context.on('weberror', (error) => complaints.push(error.error().message));
  context.on('console', (message) => {
    if (message.type() === 'error' && !/status of 40[0-9]/.test(message.text())) complaints.push(message.text());
  });
  return complaints;
}

/** How often the page is loaded anew before what Stripe told us should be seen. */
const RELOADS = 30;

/** Webhooks take a moment: loads the page until it shows what is waited for. */
export async function reloadUntil(page: Page, what: () => Locator): Promise<void> {
  for (let reload = 0; reload < RELOADS; reload += 1) {
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await page.locator('main [aria-busy="true"]').waitFor({ state: 'detached' });
    if ((await what().count()) > 0) return;
    await page.reload();
  }
  await what().waitFor();
}
