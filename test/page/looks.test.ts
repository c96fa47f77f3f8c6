/** Every state of the page at phone and desktop width, light and dark; the pictures are left in test/output/page/. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { browserOrSkip } from '../browser.ts';
import { gzipped, shippedFiles, standardAnswers, startSite, type Site } from './site.ts';
import { accountFor, charge, checkoutOf, invoice, june15, noSubscription, ok, problem, type Answer } from './world.ts';

// A browser on a busy machine is slow, not wrong.
jest.setTimeout(60_000);

const browser: Browser | null = await browserOrSkip();
const inBrowser = browser ? describe : describe.skip;
const pictures = fileURLToPath(new URL('../output/page/', import.meta.url));

interface State {
  readonly path?: string;
  readonly signedIn?: boolean;
  readonly answers?: Record<string, Answer>;
  /** The text that shows that the state is there. */
  readonly shows: string;
  readonly act?: (page: Page) => Promise<void>;
}

const session = 'GET /api/checkout/cs_test_1';
const success = '/success?session_id=cs_test_1';
const account = (answer: unknown): Record<string, Answer> => ({ 'GET /api/subscription': ok(answer) });

const invoices = (...list: unknown[]): Record<string, Answer> => ({
  'GET /api/invoices': ok({ invoices: list, next: null }),
});
const due = invoice({ status: 'open', amountDue: 2900, nextAttempt: june15 });

const states: Record<string, State> = {
  plans: { shows: 'Start free trial' },
  'plans-yearly': { shows: 'Start free trial', act: (page) => page.getByText('Yearly').click() },
  'signed-in': { signedIn: true, shows: 'Sign out' },
  active: { signedIn: true, answers: account(accountFor('active')), shows: 'On keeping a commonplace book' },
  trialing: { signedIn: true, answers: account(accountFor('trialing', { trialEnd: june15 })), shows: 'Trial until' },
  'trial-without-card': {
    signedIn: true,
    answers: account(accountFor('trialing', { trialEnd: june15, hasPaymentMethod: false })),
    shows: 'Add a card',
  },
  'payments-paused': {
    signedIn: true,
    answers: account(accountFor('active', { collectionPaused: 'void', collectionResumesAt: june15 })),
    shows: 'Payments are paused until',
  },
  'payment-due': {
    signedIn: true,
    path: '/pay?charge=dues',
    answers: {
      'GET /api/charges': ok({
        charges: [charge({ id: 'dues', status: 'declined', payable: true, description: 'The dues' }), charge()],
      }),
    },
    shows: 'A payment is due',
  },
  'card-saved': {
    signedIn: true,
    path: '/pay?session_id=cs_test_1',
    answers: { [session]: ok({ ...checkoutOf(noSubscription), mode: 'setup' }) },
    shows: 'Your card is saved',
  },
  canceling: { signedIn: true, answers: account(accountFor('canceling', {}, june15)), shows: 'Ends on' },
  checking: {
    signedIn: true,
    path: '/?portal=returned',
    answers: account(accountFor('active')),
    shows: 'Checking for changes…',
  },
  'past-due': {
    signedIn: true,
    answers: { ...account(accountFor('past_due_grace', {}, june15)), ...invoices(due, invoice(), invoice()) },
    shows: 'Pay $29.00 now',
  },
  'bank-asks': {
    signedIn: true,
    answers: { ...account(accountFor('past_due', {})), ...invoices({ ...due, actionRequired: true }) },
    shows: 'Confirm the payment',
  },
  unpaid: {
    signedIn: true,
    answers: { ...account(accountFor('unpaid')), ...invoices({ ...due, nextAttempt: null }, due, invoice()) },
    shows: 'Several payments',
  },
  'on-its-way-at-home': {
    signedIn: true,
    answers: { ...account(accountFor('active')), ...invoices({ ...due, processing: true }) },
    shows: 'Your bank takes a few days',
  },
  paused: {
    signedIn: true,
    answers: account(accountFor('paused', { hasPaymentMethod: false })),
    shows: 'without a card',
  },
  invoices: {
    signedIn: true,
    answers: {
      ...account(accountFor('active')),
      ...invoices(
        invoice({ refunded: 2900 }),
        invoice({ refunded: 300 }),
        invoice({ disputed: true }),
        invoice({ status: 'void' }),
        invoice({ status: 'uncollectible', pdfUrl: null }),
      ),
    },
    shows: 'Disputed',
    act: (page) => page.getByRole('button', { name: 'Show more' }).click(),
  },
  'invoices-fault': {
    signedIn: true,
    answers: { ...account(accountFor('active')), 'GET /api/invoices': problem(502, 'stripe_unavailable', '') },
    shows: 'Your invoices could not be fetched',
  },
  ended: {
    signedIn: true,
    answers: account(accountFor('canceled', { endedAt: june15, endedBecause: 'payment_failed' })),
    shows: 'Ended on',
  },
  subscribed: {
    signedIn: true,
    path: success,
    answers: { [session]: ok(checkoutOf(accountFor('trialing', { trialEnd: june15 }))) },
    shows: 'You have successfully subscribed!',
  },
  'on-its-way': {
    signedIn: true,
    path: success,
    answers: { [session]: ok(checkoutOf(noSubscription, 'complete', 'unpaid')) },
    shows: 'Your payment is on its way',
  },
  confirming: {
    signedIn: true,
    path: success,
    answers: { [session]: ok(checkoutOf(noSubscription)) },
    shows: 'Confirming your subscription with Stripe…',
  },
  cancelled: { path: '/cancel', shows: 'You have cancelled the checkout.' },
  'not-configured': {
    answers: {
      'GET /api/config': problem(503, 'not_configured', 'Keys are missing: run `npm run operator -- setup`.'),
    },
    shows: 'Not open yet',
  },
  'action-fault': {
    signedIn: true,
    answers: { 'POST /api/checkout': problem(502, 'stripe_unavailable', '') },
    shows: 'Sign out',
    act: async (page) => {
      await page.getByRole('button', { name: 'Subscribe' }).click();
      await page.getByText('Nothing was charged').waitFor();
    },
  },
};

const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } };

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
    for (const [size, viewport] of Object.entries(sizes)) {
      const context = await browser?.newContext({
        viewport,
        locale: 'en-US',
        timezoneId: 'UTC',
        reducedMotion: 'reduce',
      });
      const page = await context?.newPage();
      if (!page) throw new Error('no browser');
      await open(state, page);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: `${pictures}${name}-${size}-${colorScheme}.png`, fullPage: true });
      }
      expect(await overflow(page)).toBe(0);
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await overflow(page)).toBe(0);
      await context?.close();
    }
  });
});

describe('the weight of the page, compressed', () => {
  const firstVisit = ['/', '/style.css', '/main.js', '/chunk.js'];

  it('is at most 15 KB on a first visit; with sign-in and invoices 23 KB, and payments are 1.5 KB more', async () => {
    const files = await shippedFiles();
    files.delete('/icon.svg');
    const weigh = (paths: Iterable<string>): number =>
      [...paths].reduce((sum, path) => sum + gzipped(files.get(path)?.bytes ?? new Uint8Array()), 0);
    expect(weigh(firstVisit)).toBeLessThan(15 * 1024);
    expect(weigh(['/pay.js'])).toBeLessThan(1.5 * 1024);
    files.delete('/pay.js');
    expect(weigh(files.keys())).toBeLessThan(23 * 1024);
  });

  it('comes at once: what a script needs before it can run stands in the document', async () => {
    const files = await shippedFiles();
    const text = (path: string): string => Buffer.from(files.get(path)?.bytes ?? '').toString();
    const imported = [...text('/main.js').matchAll(/(?:from|import)"\.(\/[^"]+)"/g)].map(([, path]) => path);
    expect(imported).toEqual(['/chunk.js']);
    expect(text('/')).toContain('<link rel="modulepreload" href="/chunk.js" />');
    for (const later of ['/invoices.js', '/pay.js']) expect(text(later)).not.toMatch(/from"|import"/);
  });
});
