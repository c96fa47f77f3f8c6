import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { browserOrSkip } from '../browser.ts';
import { standardAnswers, startSite, type Site } from './site.ts';
import { accountFor, checkoutOf, june15, noSubscription, ok, problem } from './world.ts';

const browser: Browser | null = await browserOrSkip();
const inBrowser = browser ? describe : describe.skip;

inBrowser('the page in a browser', () => {
  let site: Site;
  let context: BrowserContext;
  let complaints: string[] = [];

  beforeAll(async () => {
    site = await startSite();
  });
  afterAll(async () => {
    await browser?.close();
    await site.close();
  });
  afterEach(async () => {
    await context.close();
    expect(complaints).toEqual([]);
    standardAnswers(site.answers, site.provider.issuer);
    Object.assign(site.provider, { tokenLife: 3600, refuse: null, refreshTokens: false });
    site.requests.length = 0;
    site.provider.visits.length = 0;
    complaints = [];
  });

  async function visit(path = '/', options: BrowserContextOptions = {}): Promise<Page> {
    if (!browser) throw new Error('no browser');
    context = await browser.newContext({ locale: 'en-US', timezoneId: 'UTC', ...options });
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      // A status of 4xx or 5xx is logged by the browser itself; a broken policy or a script's fault is ours.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        complaints.push(message.text());
    });
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

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name });
  const card = (page: Page, name: string) => page.getByRole('listitem').filter({ has: heading(page, name) });
  const seen = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
  const asked = (route: string) => site.requests.filter((request) => request.route === route);

  it('shows a stranger the plans with monthly prices first, then yearly ones with what they save', async () => {
    const page = await visit();
    await card(page, 'Starter').getByText('$9', { exact: true }).waitFor();
    await page.getByText('Yearly').click();
    await card(page, 'Starter').getByText('$90', { exact: true }).waitFor();
    await card(page, 'Starter').getByText('Saves $18 a year').waitFor();
    await page.getByText('Test mode: no money moves. Try card 4242 4242 4242 4242.').waitFor();
    expect(asked('GET /api/config')).toHaveLength(1);
    expect(asked('GET /api/subscription')).toHaveLength(0);
  });

  it('says nothing of test mode when money moves', async () => {
    const { body } = site.answers.get('GET /api/config') as { body: object };
    site.answers.set('GET /api/config', ok({ ...body, testMode: false }));
    const page = await visit();
    await heading(page, 'Plans').waitFor();
    expect(await page.getByText('Test mode').count()).toBe(0);
  });

  it('takes a stranger who chooses a plan through sign-in to Checkout without another click', async () => {
    const page = await visit();
    await card(page, 'Pro').getByRole('button', { name: 'Start free trial' }).click();
    await page.waitForURL('**/stripe-checkout');
    expect(asked('POST /api/checkout').map(({ body }) => body)).toEqual(['{"plan":"pro_monthly"}']);
    expect(asked('POST /api/checkout')[0]?.authorization).toMatch(/^Bearer .+/);
  });

  it('says who is signed in, and signs out at the provider too', async () => {
    const page = await visitSignedIn();
    await seen(page, 'ada@example.com');
    await button(page, 'Sign out').click();
    await button(page, 'Sign in').waitFor();
    const logout = site.provider.visits.find((visit) => visit.startsWith('GET /logout')) ?? '';
    const said = new URLSearchParams(logout.split('?')[1]);
    expect(said.get('post_logout_redirect_uri')).toBe(`${site.origin}/`);
    expect(said.get('logout_uri')).toBe(`${site.origin}/`);
    expect(said.get('client_id')).toBe('page');
    expect(said.get('id_token_hint')).toMatch(/\./);
  });

  it('leaves no code of the provider in the address', async () => {
    const page = await visitSignedIn();
    expect(page.url()).toBe(`${site.origin}/`);
  });

  it('says why a sign-in came to nothing, and offers it again with the plan still in mind', async () => {
    site.provider.refuse = 'access_denied';
    const page = await visit();
    await card(page, 'Starter').getByRole('button', { name: 'Subscribe' }).click();
    await seen(page, 'You left the sign-in page before you were done.');
    site.provider.refuse = null;
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/stripe-checkout');
  });

  it('asks once, however often a busy button is pressed', async () => {
    const page = await visitSignedIn();
    let asked = 0;
    await page.route('**/api/checkout', () => void (asked += 1));
    const subscribe = card(page, 'Starter').getByRole('button');
    await subscribe.click();
    await page.getByText('One moment…').waitFor();
    expect(await subscribe.getAttribute('aria-busy')).toBe('true');
    await subscribe.click({ force: true });
    await subscribe.click({ force: true });
    await page.evaluate(() => fetch('/api/config'));
    expect(asked).toBe(1);
  });

  it('says beneath the button what went wrong, and the button works again', async () => {
    site.answers.set('POST /api/checkout', [
      problem(502, 'stripe_unavailable', 'x'),
      ok({ url: `${site.provider.issuer}/paid` }),
    ]);
    const page = await visitSignedIn();
    await card(page, 'Starter').getByRole('button').click();
    await card(page, 'Starter')
      .getByText(/Nothing was charged/)
      .waitFor();
    await card(page, 'Starter').getByRole('button', { name: 'Subscribe' }).click();
    await page.waitForURL('**/paid');
  });

  it('works again when the visitor comes back from Checkout with the back button', async () => {
    const page = await visitSignedIn();
    await card(page, 'Starter').getByRole('button').click();
    await page.waitForURL('**/stripe-checkout');
    await page.goBack();
    await card(page, 'Starter').getByRole('button', { name: 'Subscribe' }).click();
    await page.waitForURL('**/stripe-checkout');
  });

  it('works again when a browser brings the left page back to life with its busy buttons', async () => {
    const page = await visitSignedIn();
    await page.route('**/api/checkout', () => undefined);
    await card(page, 'Starter').getByRole('button').click();
    await page.getByText('One moment…').waitFor();
    await page.evaluate(`window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`);
    await card(page, 'Starter').getByRole('button', { name: 'Subscribe' }).waitFor();
  });

  it('does not take an answer of the provider that this tab did not ask for', async () => {
    const page = await visit('/?code=stolen&state=stolen');
    await seen(page, 'We could not finish signing you in here. Please sign in once more.');
    expect(page.url()).toBe(`${site.origin}/`);
    expect(site.provider.visits).toEqual([]);
  });

  it('shows a subscriber the plan, the renewal, the articles, and the way to manage it', async () => {
    site.answers.set('GET /api/subscription', ok(accountFor('active')));
    const page = await visitSignedIn();
    await seen(page, 'Renews on June 15, 2026 for $29.00.');
    await heading(page, 'On keeping a commonplace book').waitFor();
    await card(page, 'Pro').getByText('Your plan').waitFor();
    expect(await card(page, 'Pro').getByRole('button').count()).toBe(0);
    await button(page, 'Manage subscription').click();
    await page.waitForURL('**/stripe-portal');
  });

  it('shows those without access what they are missing, and asks nothing of the members’ route', async () => {
    const page = await visitSignedIn();
    await seen(page, /Members read every article here/);
    expect(asked('GET /api/members')).toHaveLength(0);
  });

  it('shows when a cancelled subscription ends', async () => {
    site.answers.set('GET /api/subscription', ok(accountFor('canceling', { cancelAt: june15 }, june15)));
    const page = await visitSignedIn();
    await seen(page, /Ends on June 15, 2026/);
  });

  it('confirms a subscription once the record says so, after waiting for it in words', async () => {
    const waiting = { ...noSubscription, customer: true };
    const session = 'GET /api/checkout/cs_test_1';
    site.answers.set(session, [ok(checkoutOf(waiting)), ok(checkoutOf(accountFor('trialing', { trialEnd: june15 })))]);
    const page = await visitSignedIn('/success?session_id=cs_test_1');
    await seen(page, 'Confirming your subscription with Stripe…');
    await page.getByRole('heading', { name: 'You have successfully subscribed!', exact: true }).waitFor();
    await seen(page, /Trial until June 15, 2026, then \$29.00 a month/);
    expect(asked(session)).toHaveLength(2);
  });

  it('gets through a passing fault of ours while confirming', async () => {
    const paid = ok(checkoutOf(accountFor('active')));
    site.answers.set('GET /api/checkout/cs_test_1', [problem(502, 'stripe_unavailable', 'x'), paid]);
    const page = await visitSignedIn('/success?session_id=cs_test_1');
    await heading(page, 'You have successfully subscribed!').waitFor();
  });

  it('says that a delayed payment is on its way', async () => {
    site.answers.set('GET /api/checkout/cs_test_1', ok(checkoutOf(noSubscription, 'complete', 'unpaid')));
    const page = await visitSignedIn('/success?session_id=cs_test_1');
    await heading(page, 'Your payment is on its way').waitFor();
  });

  it('says that a foreign checkout was not found, with a way back', async () => {
    site.answers.set('GET /api/checkout/cs_test_2', problem(404, 'checkout_session_not_found', 'x'));
    const page = await visitSignedIn('/success?session_id=cs_test_2');
    await heading(page, 'We could not find that checkout').waitFor();
    await page.getByRole('link', { name: 'Back to plans' }).click();
    await heading(page, 'Plans').waitFor();
  });

  it('signs in a visitor who opens the success page in a new tab, and carries on there', async () => {
    site.answers.set('GET /api/checkout/cs_test_1', ok(checkoutOf(accountFor('active'))));
    const page = await visit('/success?session_id=cs_test_1');
    await heading(page, 'You have successfully subscribed!').waitFor();
    expect(page.url()).toBe(`${site.origin}/success?session_id=cs_test_1`);
  });

  it('says that the checkout was cancelled, with a way back to the plans', async () => {
    const page = await visit('/cancel');
    await page.getByText('You have cancelled the checkout.').waitFor();
    await page.getByRole('link', { name: 'Back to plans' }).click();
    await heading(page, 'Plans').waitFor();
  });

  it('renews an expired access token without troubling the visitor', async () => {
    Object.assign(site.provider, { tokenLife: 1, refreshTokens: true });
    const page = await visitSignedIn();
    await heading(page, 'Plans').waitFor();
    expect(site.provider.visits.filter((visit) => visit === 'GET /authorize')).toHaveLength(1);
    expect(site.provider.visits.filter((visit) => visit === 'POST /token').length).toBeGreaterThan(1);
  });

  it('signs in again when a sign-in has run out and cannot be renewed', async () => {
    const page = await visitSignedIn();
    await page.evaluate(() => {
      const tokens = JSON.parse(sessionStorage.getItem('sign-in.tokens') ?? '{}');
      sessionStorage.setItem('sign-in.tokens', JSON.stringify({ ...tokens, expiresAt: 0 }));
    });
    await page.reload();
    await heading(page, 'Plans').waitFor();
    expect(site.provider.visits.filter((visit) => visit === 'GET /authorize')).toHaveLength(2);
  });

  it('does not go round in circles when the API refuses a sign-in just made', async () => {
    site.answers.set('GET /api/subscription', { status: 401, body: { message: 'Unauthorized' } });
    const page = await visitSignedIn();
    await heading(page, 'Your sign-in was not accepted').waitFor();
    expect(site.provider.visits.filter((visit) => visit === 'GET /authorize')).toHaveLength(1);
  });

  it('says what is missing before the shop is set up, and tries again when asked', async () => {
    const configured = site.answers.get('GET /api/config') ?? [];
    site.answers.set('GET /api/config', problem(503, 'not_configured', 'Run `npm run operator -- setup`.'));
    const page = await visit();
    await page.getByText('Run npm run operator -- setup.').waitFor();
    site.answers.set('GET /api/config', configured);
    await button(page, 'Try again').click();
    await heading(page, 'Plans').waitFor();
    await page.locator('h1:focus').waitFor();
  });

  it('says so when the visitor is offline', async () => {
    const page = await visitSignedIn();
    await context.setOffline(true);
    await card(page, 'Starter').getByRole('button').click();
    await seen(page, /You seem to be offline/);
    await context.setOffline(false);
  });

  it('says so when something else answers in the API’s place', async () => {
    site.answers.set('GET /api/config', ok('<!doctype html>'));
    const page = await visit();
    await heading(page, 'Something went wrong').waitFor();
  });
});
