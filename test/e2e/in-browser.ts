import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import type { Local } from '../../bin/local/start.ts';
import { browserOrSkip } from '../browser.ts';
import { complaintsOf } from './journey.ts';
import { PATIENCE, startForTest } from './local-cloud.ts';
import { screenshot } from './screenshot.ts';

/** Somebody at a browser, before a site that `npm start` runs. */
export interface Seat {
  readonly local: () => Local;
  readonly page: () => Page;
  /** What the browser complained about since the test began. */
  readonly complaints: () => readonly string[];
  /** A test in the browser; without one it is skipped, as browserOrSkip has said loudly. */
  readonly inBrowser: (rule: string, run: () => Promise<void>) => void;
  readonly heading: (name: string) => Promise<void>;
  /** What the page itself shows; the same words may also be announced to screen readers. */
  readonly shown: (words: string) => Promise<void>;
}

/** A `describe` with a local cloud of its own, whose tests each get a fresh browser profile. */
export async function describeInBrowser(name: string, tests: (seat: Seat) => void): Promise<void> {
  const browser = await browserOrSkip();
  describe(name, () => {
    let local: Local;
    let context: BrowserContext;
    let page: Page;
    let complaints: string[] = [];

    beforeAll(async () => {
      if (browser) local = await startForTest();
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

    tests({
      local: () => local,
      page: () => page,
      complaints: () => complaints,
      inBrowser: (rule, run) => (browser ? it : it.skip)(rule, () => run().catch(showPage), 60_000),
      heading: (words) => page.getByRole('heading', { name: words }).waitFor(),
      shown: (words) => page.getByRole('main').getByText(words).first().waitFor(),
    });
  });
}
