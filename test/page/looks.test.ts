/** Every state of the page at phone and desktop width, light and dark; the pictures are left in test/output/page/. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { browserOrSkip } from '../browser.ts';
import { standardAnswers, startSite, type Site } from './site.ts';
import { states, type State } from './states.ts';

// A browser on a busy machine is slow, not wrong.
jest.setTimeout(60_000);

const browser: Browser | null = await browserOrSkip();
const inBrowser = browser ? describe : describe.skip;
const pictures = fileURLToPath(new URL('../output/page/', import.meta.url));

const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } };
const narrowest = { width: 320, height: 640 };

inBrowser('the looks of the page', () => {
  let site: Site;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    site = await startSite();
  });
  afterAll(async () => {
    await browser?.close();
    await site.close();
  });

  async function open(state: State, page: Page): Promise<void> {
    standardAnswers(site.answers, site.provider.issuer);
    for (const [route, answer] of Object.entries(state.answers ?? {})) site.answers.set(route, answer);
    await page.goto(site.origin);
    if (state.signedIn) await page.getByRole('button', { name: 'Sign in' }).click();
    if (state.signedIn) await page.getByRole('button', { name: 'Sign out' }).waitFor();
    if (state.path) await page.goto(site.origin + state.path);
    await page.getByText(state.shows).first().waitFor();
    await state.act?.(page);
  }

  /** How far the page can be scrolled sideways, in pixels: a reader should never have to. */
  const overflow = (page: Page): Promise<unknown> =>
    page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

  it.each(Object.entries(states))('%s fits every width, light and dark', async (name, state) => {
    const context = await browser?.newContext({ locale: 'en-US', timezoneId: 'UTC', reducedMotion: 'reduce' });
    const page = await context?.newPage();
    if (!page) throw new Error('no browser');
    await open(state, page);
    for (const [size, viewport] of Object.entries(sizes)) {
      await page.setViewportSize(viewport);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: `${pictures}${name}-${size}-${colorScheme}.png`, fullPage: true });
      }
      expect(await overflow(page)).toBe(0);
    }
    await page.setViewportSize(narrowest);
    expect(await overflow(page)).toBe(0);
    await context?.close();
  });
});
