/**
 * Every state of the page, from the narrowest phone to a desktop. `npm run pictures` also leaves a picture of each, light and
 * dark, and of some in the other languages, in test/output/page/, with a page of them all for each width.
 */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page, Route } from 'playwright-core';
import { browserOrSkip } from '../browser.ts';
import { axeFindings } from './axe.ts';
import { contactSheets } from './contact-sheets.ts';
import { painted, shiftsOf, watchShifts } from './shifts.ts';
import { standardAnswers, startSite, type Site } from './site.ts';
import { states, type State } from './states.ts';
import { startStripe } from './stripe.ts';

// A browser on a busy machine is slow, not wrong.
jest.setTimeout(60_000);

const browser: Browser | null = await browserOrSkip();
const inBrowser = browser ? describe : describe.skip;
const pictures = fileURLToPath(new URL('../output/page/', import.meta.url));

const sizes = {
  phone: { width: 390, height: 844 },
  tablet: { width: 820, height: 1180 },
  desktop: { width: 1280, height: 900 },
  narrowest: { width: 320, height: 640 },
};

const wanted = process.env['PICTURES'] === '1';

inBrowser('the looks of the page', () => {
  let site: Site;
  let stranger: Page;
  let user: Page;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    site = await startSite();
    [stranger, user] = [await newPage(), await newPage()];
    standardAnswers(site.answers, site.provider.issuer);
    await user.goto(site.origin);
    await user.getByRole('button', { name: 'Sign in' }).click();
    await user.getByRole('button', { name: 'Sign out' }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    if (wanted) process.stdout.write(`\nTo look through: ${contactSheets(pictures, sizes).join(', ')}\n`);
    await site.close();
  });

  async function newPage(): Promise<Page> {
    const context = await browser?.newContext({ locale: 'en-US', timezoneId: 'UTC', reducedMotion: 'reduce' });
    if (!context) throw new Error('no browser');
    await context.addInitScript(watchShifts);
    return context.newPage();
  }

  async function open(state: State, query = ''): Promise<Page> {
    standardAnswers(site.answers, site.provider.issuer);
    for (const [route, answer] of Object.entries(state.answers ?? {})) site.answers.set(route, answer);
    const page = state.signedIn ? user : stranger;
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    for (const pattern of state.held ?? []) await page.route(pattern, () => undefined);
    if (state.slow) await page.route('**/api/**', (route) => slowly(page, route));
    if (state.broken !== undefined) await page.route(state.broken, (route) => route.abort());
    await page.goto(site.origin + (state.path ?? '/') + query);
    return page;
  }

  async function slowly(page: Page, route: Route): Promise<void> {
    await page.evaluate(painted);
    await route.continue();
  }

  /** How far the page can be scrolled sideways, in pixels: a reader should never have to. */
  const overflow = (page: Page): Promise<unknown> =>
    page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

  async function picture(page: Page, name: string): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${pictures}${name}-${colorScheme}.png`, fullPage: true });
    }
  }

  /** @param name of its pictures */
  async function fits(page: Page, name: string): Promise<void> {
    for (const [size, viewport] of Object.entries(sizes)) {
      await page.setViewportSize(viewport);
      if (wanted && size !== 'narrowest') await picture(page, `${name}-${size}`);
      expect(await overflow(page)).toBe(0);
    }
  }

  it.each(Object.entries(states).filter(([, { likeAnother }]) => wanted || !likeAnother))(
    '%s fits every width, and axe finds nothing',
    async (name, state) => {
      const page = await open(state);
      await page.getByText(state.shows).first().waitFor();
      await state.act?.(page);
      await fits(page, name);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await axeFindings(page)).toEqual([]);
      }
    },
  );

  it.each(['plans', 'active', 'past-due', 'subscribed'])('%s comes without a jump, however slowly', async (name) => {
    const state = states[name] ?? { shows: '' };
    for (const viewport of [sizes.phone, sizes.desktop]) {
      const page = state.signedIn ? user : stranger;
      await page.setViewportSize(viewport);
      await open({ ...state, slow: true });
      await page.getByText(state.shows).first().waitFor();
      await page.locator('.ghost').first().waitFor({ state: 'detached' });
      expect(await shiftsOf(page)).toBeLessThan(0.01);
    }
  });

  // Words of other lengths and directions are for people to look at; that they fit a phone, languages.test.ts says.
  for (const language of wanted ? ['de', 'ar'] : [])
    it.each(['plans', 'active', 'past-due'])(`%s fits every width in ${language}`, async (name) => {
      const page = await open(states[name] ?? { shows: '' }, `?lang=${language}`);
      await page.locator('.card .button').first().waitFor();
      await fits(page, `${name}-${language}`);
    });

  // Stripe's part is the simulator's; that axe finds nothing in ours, checkout-here.test.ts says.
  for (const uiMode of wanted ? (['elements', 'embedded_page'] as const) : [])
    it(`checkout on our own page (${uiMode}) fits every width`, async () => {
      const stripe = await startStripe();
      const { answers } = await stripe.takePayments(site, uiMode, 'pro_monthly');
      const path = '/checkout?plan=pro_monthly';
      const page = await open({ path, signedIn: true, answers, shows: '' });
      await page.frameLocator('iframe').getByLabel('Card number').waitFor();
      await fits(page, `checkout-${uiMode}`);
      await stripe.close();
      site.stripe.origin = null;
    });
});
