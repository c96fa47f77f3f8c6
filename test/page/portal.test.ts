import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { button, describeVisits, heading, seen } from './visitor.ts';
import { accountFor, june15, ok, problem, type Answer } from './world.ts';

/** From its next load on, the page waits a twentieth of the time: what is under test is what it does, not how slowly. */
const hurry = (page: Page) =>
  page.addInitScript(`
    const later = window.setTimeout;
    window.setTimeout = (run, wait) => later(run, wait / 20);
  `);

await describeVisits('back from the portal', ({ asked, site, visitSignedIn }) => {
  const account = 'GET /api/subscription';
  const before = ok(accountFor('active'));
  const after = ok(accountFor('canceling', { cancelAt: june15 }, june15));

  /** A subscriber in the portal, whom the page will find in the given states, look by look. */
  async function inPortal(...looks: Answer[]): Promise<Page> {
    site().answers.set(account, before);
    const page = await visitSignedIn();
    await hurry(page);
    await heading(page, 'On keeping a commonplace book').waitFor();
    await button(page, 'Manage subscription').click();
    await page.waitForURL('**/stripe-portal');
    site().answers.set(account, looks);
    site().requests.length = 0;
    return page;
  }
  const back = (page: Page) => page.goto(`${site().origin}/?portal=returned`);
  const announced = (page: Page, words: string | RegExp) => page.locator('#announce').getByText(words).waitFor();

  it('the page shows what it has, says that it is checking, and shows the change as soon as we know of it', async () => {
    const page = await inPortal(before, before, after);
    await back(page);
    await seen(page, 'Checking for changes…');
    await seen(page, /Renews on June 15, 2026/);
    await seen(page, /Ends on June 15, 2026/);
    await seen(page, 'Updated just now.');
    await announced(page, /^Your subscription has changed. Ends on June 15, 2026/);
    expect(asked('GET /api/members')).toHaveLength(1);
  });

  it('the mark is gone from the address', async () => {
    const page = await inPortal(before);
    await back(page);
    await seen(page, 'Checking for changes…');
    expect(page.url()).toBe(`${site().origin}/`);
  });

  it('the page looks again three times and no more, and then leaves it to the visitor', async () => {
    const page = await inPortal(before);
    await back(page);
    await announced(page, 'No changes so far.');
    expect(asked(account)).toHaveLength(4);

    site().answers.set(account, after);
    await button(page, 'Check again').click();
    await seen(page, /Ends on June 15, 2026/);
  });

  it('a look that fails is made up for by the next', async () => {
    const page = await inPortal(before, problem(500, 'internal', 'x'), after);
    await back(page);
    await seen(page, /Ends on June 15, 2026/);
  });

  it('the keyboard does not lose its place when the view changes', async () => {
    const page = await inPortal(before);
    await back(page);
    await button(page, 'Check again').focus();
    site().answers.set(account, after);
    await page.keyboard.press('Enter');
    await seen(page, /Ends on June 15, 2026/);
    await page.locator('h1:focus').waitFor();
  });

  it('by the browser’s back button the page looks again as well', async () => {
    const page = await inPortal(before, after);
    await page.goBack();
    await seen(page, /Ends on June 15, 2026/);
  });

  it('a page brought back to life looks again, too', async () => {
    const page = await inPortal(before, before, after);
    await page.goto(site().origin);
    await seen(page, /Renews on June 15, 2026/);
    await page.evaluate(`window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`);
    await seen(page, /Ends on June 15, 2026/);
  });

  it('a visit that has nothing to do with the portal asks once', async () => {
    site().answers.set(account, before);
    const page = await visitSignedIn();
    await page.clock.install();
    await page.reload();
    await heading(page, 'On keeping a commonplace book').waitFor();
    site().requests.length = 0;
    await page.clock.runFor(60_000);
    expect(asked(account)).toHaveLength(0);
    expect(await page.getByText('Checking for changes…').count()).toBe(0);
  });
});
