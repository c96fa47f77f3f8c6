/** A visitor in a real browser, and the words in which tests look at the page. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest } from '@jest/globals';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { browserOrSkip } from '../browser.ts';
import { standardAnswers, startSite, type Recorded, type Site } from './site.ts';

export interface Visitor {
  readonly site: () => Site;
  /** Offline or not, and all else that is the browser's. */
  readonly context: () => BrowserContext;
  readonly visit: (path?: string) => Promise<Page>;
  readonly visitSignedIn: (path?: string) => Promise<Page>;
  /** What the page asked of the API, on one route. */
  readonly asked: (route: string) => readonly Recorded[];
}

export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
export const heading = (page: Page, name: string): Locator => page.getByRole('heading', { name });
export const card = (page: Page, name: string): Locator =>
  page.getByRole('listitem').filter({ has: heading(page, name) });
export const seen = (page: Page, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();

/** A `describe` whose tests each get a fresh browser profile, and fail on a script's fault or a breach of the policy. */
export async function describeVisits(name: string, tests: (visitor: Visitor) => void): Promise<void> {
  // A browser on a busy machine is slow, not wrong.
  jest.setTimeout(60_000);
  const browser = await browserOrSkip();
  if (!browser) return describe.skip(name, () => tests(absent));

  describe(name, () => {
    let site: Site;
    let context: BrowserContext;
    const complaints: string[] = [];

    beforeAll(async () => {
      site = await startSite();
    });
    afterAll(async () => {
      await browser.close();
      await site.close();
    });
    beforeEach(async () => {
      standardAnswers(site.answers, site.provider.issuer);
      Object.assign(site.provider, { tokenLife: 3600, refuse: null, refreshTokens: false });
      site.requests.length = 0;
      site.provider.visits.length = 0;
      complaints.length = 0;
      context = await browser.newContext({ locale: 'en-US', timezoneId: 'UTC' });
    });
    afterEach(async () => {
      await context.close();
      expect(complaints).toEqual([]);
    });

    async function visit(path = '/'): Promise<Page> {
      const page = await context.newPage();
      listenForComplaints(page, complaints);
      await page.goto(site.origin + path);
      return page;
    }
    async function visitSignedIn(path = '/'): Promise<Page> {
      const page = await visit();
      await button(page, 'Sign in').click();
      await button(page, 'Sign out').waitFor();
      if (path !== '/') await page.goto(site.origin + path);
      return page;
    }
    const asked = (route: string): Recorded[] => site.requests.filter((request) => request.route === route);
    tests({ site: () => site, context: () => context, visit, visitSignedIn, asked });
  });
}

function listenForComplaints(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // The browser itself logs each status of 4xx and 5xx; a broken policy or a script's fault is ours.
    const ours = message.type() === 'error' && !message.text().startsWith('Failed to load resource');
    if (ours) complaints.push(message.text());
  });
}

const nobody = (): never => {
  throw new Error('no browser');
};
const absent: Visitor = { site: nobody, context: nobody, visit: nobody, visitSignedIn: nobody, asked: nobody };
