/** A visitor in a real browser, and the words in which tests look at the page. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest } from '@jest/globals';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { browserOrSkip } from '../browser.ts';
import { standardAnswers, startSite, type Recorded, type Site } from './site.ts';

export interface Visitor {
  readonly site: () => Site;
  /** Offline or not, and all else that is the browser's. */
  readonly context: () => BrowserContext;
  readonly visit: (path?: string) => Promise<Page>;
  /** Goes to the provider and comes back. */
  readonly signIn: () => Promise<Page>;
  /** Comes with what an earlier sign-in has left in the tab. */
  readonly visitSignedIn: (path?: string) => Promise<Page>;
  /** What the page asked of the API, on one route. */
  readonly asked: (route: string) => readonly Recorded[];
}

export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
export const heading = (page: Page, name: string): Locator => page.getByRole('heading', { name });
export const card = (page: Page, name: string): Locator =>
  page.getByRole('listitem').filter({ has: heading(page, name) });
export const seen = (page: Page, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor();

/** One browser and one site for all tests of a file. */
const opened: { readonly close: () => Promise<void> }[] = [];
let browser: Promise<Browser | null> | undefined;
afterAll(async () => {
  for (const each of opened) await each.close();
});

async function openBrowser(): Promise<Browser | null> {
  const launched = await browserOrSkip();
  if (launched) opened.push(launched);
  return launched;
}

/** A `describe` whose tests each get a fresh browser profile, and fail on a script's fault or a breach of the policy. */
export async function describeVisits(name: string, tests: (visitor: Visitor) => void): Promise<void> {
  // A browser on a busy machine is slow, not wrong.
  jest.setTimeout(60_000);
  const profiles = await (browser ??= openBrowser());
  if (!profiles) return describe.skip(name, () => tests(absent));

  describe(name, () => {
    let site: Site;
    let context: BrowserContext;
    /** The tab's storage after signing in. */
    let signedIn: Record<string, string> | undefined;
    const complaints: string[] = [];

    beforeAll(async () => {
      site = await startSite();
      opened.push(site);
    });
    beforeEach(async () => {
      standardAnswers(site.answers, site.provider.issuer);
      Object.assign(site.provider, { tokenLife: 3600, refuse: null, refreshTokens: false });
      site.requests.length = 0;
      site.provider.visits.length = 0;
      complaints.length = 0;
      context = await profiles.newContext({ locale: 'en-US', timezoneId: 'UTC' });
    });
    afterEach(async () => {
      await context.close();
      expect(complaints).toEqual([]);
    });

    async function newPage(): Promise<Page> {
      const page = await context.newPage();
      listenForComplaints(page, complaints);
      return page;
    }
    async function visit(path = '/'): Promise<Page> {
      const page = await newPage();
      await page.goto(site.origin + path);
      return page;
    }
    async function signIn(): Promise<Page> {
      const page = await visit();
      await page.locator('#who').getByRole('button').click();
      await signedInOn(page);
      return page;
    }
    async function visitSignedIn(path = '/'): Promise<Page> {
      signedIn ??= await storageOf(await signIn());
      site.requests.length = 0;
      const page = await newPage();
      await page.goto(`${site.origin}/icon.svg`);
      await page.evaluate((entries) => {
        for (const [key, value] of Object.entries(entries)) sessionStorage.setItem(key, value);
      }, signedIn);
      await page.goto(site.origin + path);
      await signedInOn(page);
      return page;
    }
    const asked = (route: string): Recorded[] => site.requests.filter((request) => request.route === route);
    tests({ site: () => site, context: () => context, visit, signIn, visitSignedIn, asked });
  });
}

/** Whatever the language. */
const signedInOn = (page: Page): Promise<void> => page.locator('#who .who').waitFor();

const storageOf = (page: Page): Promise<Record<string, string>> =>
  page.evaluate(() => Object.fromEntries(Object.entries(sessionStorage)));

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
const absent: Visitor = {
  site: nobody,
  context: nobody,
  visit: nobody,
  signIn: nobody,
  visitSignedIn: nobody,
  asked: nobody,
};
