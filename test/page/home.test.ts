import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { button, card, describeVisits, heading, seen } from './visitor.ts';
import { accountFor, june15, ok, problem } from './world.ts';

await describeVisits('the front page', ({ asked, context, site, visit, visitSignedIn }) => {
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
    const { body } = site().answers.get('GET /api/config') as { body: object };
    site().answers.set('GET /api/config', ok({ ...body, testMode: false }));
    const page = await visit();
    await heading(page, 'Plans').waitFor();
    expect(await page.getByText('Test mode').count()).toBe(0);
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
    site().answers.set('POST /api/checkout', [
      problem(502, 'stripe_unavailable', 'x'),
      ok({ url: `${site().provider.issuer}/paid` }),
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

  it('shows a subscriber the plan, the renewal, the articles, and the way to manage it', async () => {
    site().answers.set('GET /api/subscription', ok(accountFor('active')));
    const page = await visitSignedIn();
    await seen(page, 'Renews on June 15, 2026 for $29.00.');
    await heading(page, 'On keeping a commonplace book').waitFor();
    await card(page, 'Pro').getByText('Your plan').waitFor();
    expect(await card(page, 'Pro').getByRole('button').count()).toBe(0);
    await button(page, 'Manage subscription').click();
    await page.waitForURL('**/stripe-portal');
  });

  describe('lists the members’ files', () => {
    const openChart = async (): Promise<Page> => {
      site().answers.set('GET /api/subscription', ok(accountFor('active')));
      site().answers.set('GET /members/chart.svg', ok('a file'));
      const page = await visitSignedIn();
      const chart = page.getByRole('link', { name: 'A chart of the harbour' });
      await chart.waitFor();
      await page.evaluate('const now = Date.now(); Date.now = () => now + 6 * 60_000');
      await chart.click();
      return page;
    };

    it('and asks for fresh cookies before it follows a link, after a while', async () => {
      const page = await openChart();
      await page.waitForURL('**/members/chart.svg');
      expect(asked('GET /api/members')).toHaveLength(2);
    });

    it('and shows the account to somebody whose access has ended since', async () => {
      const members = site().answers.get('GET /api/members');
      const gone = problem(403, 'subscription_required', 'x');
      site().answers.set('GET /api/members', [...[members ?? []].flat(), gone]);
      const page = await openChart();
      await heading(page, 'Your articles could not be fetched').waitFor();
      expect(new URL(page.url()).pathname).toBe('/');
    });
  });

  it('shows those without access what they are missing, and asks nothing of the members’ route', async () => {
    const page = await visitSignedIn();
    await seen(page, /Members read every article here/);
    expect(asked('GET /api/members')).toHaveLength(0);
  });

  it('shows when a cancelled subscription ends', async () => {
    site().answers.set('GET /api/subscription', ok(accountFor('canceling', { cancelAt: june15 }, june15)));
    const page = await visitSignedIn();
    await seen(page, /Ends on June 15, 2026/);
  });

  it('says what is missing before the shop is set up, and tries again when asked', async () => {
    const configured = site().answers.get('GET /api/config') ?? [];
    site().answers.set('GET /api/config', problem(503, 'not_configured', 'Run `npm run operator -- setup`.'));
    const page = await visit();
    await page.getByText('Run npm run operator -- setup.').waitFor();
    site().answers.set('GET /api/config', configured);
    await button(page, 'Try again').click();
    await heading(page, 'Plans').waitFor();
    await page.locator('h1:focus').waitFor();
  });

  it('says so when the visitor is offline', async () => {
    const page = await visitSignedIn();
    await context().setOffline(true);
    await card(page, 'Starter').getByRole('button').click();
    await seen(page, /You seem to be offline/);
    await context().setOffline(false);
  });

  it('says so when something else answers in the API’s place', async () => {
    site().answers.set('GET /api/config', ok('<!doctype html>'));
    const page = await visit();
    await heading(page, 'Something went wrong').waitFor();
  });
});
