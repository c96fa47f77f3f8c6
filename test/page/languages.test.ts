import { describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Fault, wordsFor } from '../../static-site/faults.ts';
import * as arabic from '../../static-site/words/ar/plans.ts';
import { accountFor, ok, plans } from './world.ts';
import { describeVisits, heading, seen } from './visitor.ts';

const folder = new URL('../../static-site/words/', import.meta.url);
const modules = readdirSync(fileURLToPath(new URL('en', folder))).filter((name) => name.endsWith('.ts'));

/** A full stop, and what `sign` makes of a sign. */
const WORDLESS = new Set(['.', '7']);

/** All that a language says: each word, and each sentence with the same values in it. */
async function sayings(language: string): Promise<Map<string, string>> {
  const said: [string, string][] = [];
  const take = (key: string, value: unknown): void => {
    if (typeof value === 'string') said.push([key, value]);
    else if (typeof value === 'function') said.push([key, String(value('7', '7'))]);
    else for (const [name, each] of Object.entries(value as object)) take(`${key}.${name}`, each);
  };
  for (const module of modules) take(module, { ...(await import(new URL(`${language}/${module}`, folder).href)) });
  return new Map(said);
}

describe('the words', () => {
  it.each(['de', 'ar'])('in %s are as many as in English, and none is left in English', async (language) => {
    const [english, other] = [await sayings('en'), await sayings(language)];
    expect([...other.keys()]).toEqual([...english.keys()]);
    const same = [...english].flatMap(([key, words]) =>
      other.get(key) === words && !WORDLESS.has(words) ? words : [],
    );
    expect(same).toEqual(['PDF']);
  });

  it.each([
    [400, 'unknown_plan'],
    [403, 'subscription_required'],
    [404, 'checkout_session_not_found'],
    [404, 'charge_not_found'],
    [409, 'charge_settled'],
    [409, 'checkout_conflict'],
    [409, 'no_customer'],
    [500, 'internal'],
    [502, 'stripe_unavailable'],
    [502, 'identity_provider_unavailable'],
    [503, 'overloaded'],
  ])('are the page’s own, not the API’s English ones, for %i %s', (status, code) => {
    const { title, text } = wordsFor(new Fault('problem', { status, code, detail: 'In English.' }));
    expect(title + text).not.toContain('In English.');
  });

  it('count as Arabic counts', () => {
    const counted = [1, 2, 3, 14, 100].map((days) => arabic.daysFree(days, String(days)));
    expect(counted).toEqual([
      'اليوم الأول مجانًا',
      'أول يومين مجانًا',
      'أول 3 أيام مجانًا',
      'أول 14 يومًا مجانًا',
      'أول 100 يوم مجانًا',
    ]);
  });
});

const signIn = { issuer: 'http://localhost', clientId: 'page', scope: 'openid' };
const withWords = (german: object) =>
  plans.map((plan) => (plan.product === 'pro' ? { ...plan, translations: { de: german } } : plan));

await describeVisits('the page in another language', ({ site, visit, visitSignedIn }) => {
  it('is that language in every word, date and price', async () => {
    site().answers.set('GET /api/subscription', ok(accountFor('active')));
    const page = await visitSignedIn('/?lang=de');
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await seen(page, /Verlängert sich am 15. Juni 2026 für 29,00\s\$./);
    await heading(page, 'Rechnungen').waitFor();
    expect(await page.title()).toBe('Harbour');
    // What members read is in its own.
    expect(await page.locator('article').first().getAttribute('lang')).toBe('en');
  });

  it('has the products’ words, where the operator wrote any', async () => {
    const german = { name: 'Profi', description: 'Für alle, die alles möchten.', features: ['Das ganze Archiv'] };
    const config = { publishableKey: 'pk_live_1', testMode: false, plans: withWords(german), signIn };
    site().answers.set('GET /api/config', ok(config));
    const page = await visit('/?lang=de');
    await heading(page, 'Profi').waitFor();
    await seen(page, 'Das ganze Archiv');
    await heading(page, 'Starter').waitFor();
    await seen(page, 'Die ersten 14 Tage kostenlos');
  });

  it('is the one chosen below, and stays that on the next visit, at the same place', async () => {
    const page = await visit('/cancel');
    await heading(page, 'You have cancelled the checkout.').waitFor();
    await page.getByRole('link', { name: 'العربية' }).click();
    await heading(page, 'لقد ألغيت عملية الدفع.').waitFor();
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    await page.goto(site().origin);
    await heading(page, 'قراءة ممتعة، ومكان هادئ لها').waitFor();
  });

  it('is loaded alone, by four requests before the plans are seen: nobody waits for words that they do not read', async () => {
    const page = await visit();
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
    await page.goto(`${site().origin}/?lang=de`);
    await heading(page, 'Angebote').waitFor();
    expect(loaded.filter((path) => path !== '/icon.svg').toSorted()).toEqual([
      '/',
      '/api/config',
      '/de/main.js',
      '/style.css',
    ]);
  });

  it.each(['de', 'ar'])('in %s fits a small phone', async (language) => {
    site().answers.set('GET /api/subscription', ok(accountFor('past_due_grace')));
    const page = await visitSignedIn(`/?lang=${language}`);
    await page.setViewportSize({ width: 320, height: 640 });
    await page.locator('.account').waitFor();
    const room = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect(room).toBeLessThanOrEqual(0);
  });
});
