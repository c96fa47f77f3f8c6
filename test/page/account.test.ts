/** What subscribers can do about their subscription, and their invoices. */
import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { button, describeVisits, heading, seen } from './visitor.ts';
import { accountFor, card, invoice, june15, ok, problem } from './world.ts';

await describeVisits('the way to change a subscription', ({ asked, site, visitSignedIn }) => {
  const subscribed = async (reason: string, ...more: unknown[]): Promise<Page> => {
    site().answers.set('GET /api/subscription', ok(accountFor(reason, ...(more as []))));
    return visitSignedIn();
  };

  it.each([
    ['active', 'Change plan', 'subscription_update'],
    ['active', 'Update card', 'payment_method_update'],
    ['trialing', 'Cancel', 'subscription_cancel'],
    ['past_due', 'Update card', 'payment_method_update'],
    ['paused', 'Cancel', 'subscription_cancel'],
  ])('while it is %s, “%s” leads to that very page of the portal', async (reason, label, flow) => {
    const page = await subscribed(reason);
    await button(page, label).click();
    await page.waitForURL('**/stripe-portal');
    expect(asked('POST /api/portal').map(({ body }) => JSON.parse(body))).toEqual([{ flow }]);
  });

  it.each([
    ['canceling', 'Keep my subscription'],
    ['active', 'Manage subscription'],
    ['canceled', 'Billing and invoices'],
  ])('while it is %s, “%s” leads to the portal’s home, which has all the rest', async (reason, label) => {
    const page = await subscribed(reason);
    await button(page, label).click();
    await page.waitForURL('**/stripe-portal');
    expect(asked('POST /api/portal').map(({ body }) => JSON.parse(body))).toEqual([{}]);
  });

  it('another plan is chosen at the portal, not bought a second time', async () => {
    const page = await subscribed('active');
    await button(page, 'Switch to this plan').click();
    await page.waitForURL('**/stripe-portal');
    expect(asked('POST /api/checkout')).toHaveLength(0);
  });

  it('a trial without a card asks for one', async () => {
    const page = await subscribed('trialing', { trialEnd: june15, hasPaymentMethod: false });
    await button(page, 'Add a card').click();
    await page.waitForURL('**/stripe-portal');
  });
});

await describeVisits('the invoices', ({ asked, site, visit, visitSignedIn }) => {
  const route = 'GET /api/invoices';
  const due = { status: 'open', amountDue: 2900, hostedUrl: 'https://invoice.example/i/9' };
  const list = (...invoices: unknown[]) => ok({ invoices, next: null, card: card() });
  const linkTo = (page: Page, name: string) => page.getByRole('link', { name }).first().getAttribute('href');

  it('stand below the subscription, each with its PDF', async () => {
    site().answers.set('GET /api/subscription', ok(accountFor('active')));
    const page = await visitSignedIn();
    await heading(page, 'Invoices').waitFor();
    await seen(page, 'May 15, 2026');
    expect(await linkTo(page, 'PDF of invoice A1B2C3-0001')).toBe('https://invoice.example/i/1/pdf');
  });

  it('are asked for nobody else, nor is their script loaded before somebody signs in', async () => {
    const loaded: string[] = [];
    const page = await visit();
    page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
    await page.reload();
    await heading(page, 'Plans').waitFor();
    expect(loaded).not.toContain('/subscriber.js');
    await button(page, 'Sign in').click();
    await button(page, 'Sign out').waitFor();
    await heading(page, 'Plans').waitFor();
    expect(asked(route)).toHaveLength(0);
  });

  it('lead those whose payment failed to the page where it is paid', async () => {
    site().answers.set('GET /api/subscription', ok(accountFor('past_due_grace', {}, june15)));
    site().answers.set(route, list(invoice({ ...due, nextAttempt: june15 }), invoice()));
    const page = await visitSignedIn();
    await seen(page, '$29.00 is due. We try your card again on June 15, 2026.');
    expect(await linkTo(page, 'Pay $29.00 now')).toBe(due.hostedUrl);
  });

  it('lead those whose bank asks to the page where the payment is confirmed', async () => {
    site().answers.set('GET /api/subscription', ok(accountFor('past_due')));
    site().answers.set(route, list(invoice({ ...due, actionRequired: true })));
    const page = await visitSignedIn();
    await seen(page, 'Your bank asks you to confirm a payment of $29.00.');
    expect(await linkTo(page, 'Confirm the payment')).toBe(due.hostedUrl);
  });

  it('ask nobody to pay once more what is on its way', async () => {
    site().answers.set('GET /api/subscription', ok(accountFor('active')));
    site().answers.set(route, list(invoice({ ...due, processing: true })));
    const page = await visitSignedIn();
    await seen(page, /Your payment of \$29\.00 is on its way/);
    expect(await page.getByRole('link', { name: /^Pay/ }).count()).toBe(0);
  });

  it('show three at first, then all, then the page after', async () => {
    const many = Array.from({ length: 12 }, (_, index) => invoice({ number: `A-${index}` }));
    site().answers.set('GET /api/subscription', ok(accountFor('active')));
    site().answers.set(route, [
      ok({ invoices: many, next: 'in_12' }),
      ok({ invoices: [invoice({ number: 'A-12' })], next: null }),
    ]);
    const page = await visitSignedIn();
    const rows = page.locator('.invoices li');
    await rows.nth(2).waitFor();
    expect(await rows.count()).toBe(3);
    await button(page, 'Show more').click();
    await rows.nth(11).waitFor();
    await button(page, 'Show more').click();
    await rows.nth(12).waitFor();
    await page.locator('.invoices li:focus').waitFor();
    expect(await button(page, 'Show more').count()).toBe(0);
    expect(asked(route)).toHaveLength(2);
  });

  it('that cannot be fetched say so and are tried again when asked; all else stands', async () => {
    site().answers.set('GET /api/subscription', ok(accountFor('active')));
    site().answers.set(route, [problem(502, 'stripe_unavailable', 'x'), list(invoice())]);
    const page = await visitSignedIn();
    await heading(page, 'Your invoices could not be fetched').waitFor();
    await seen(page, /Renews on June 15, 2026/);
    await button(page, 'Try again').click();
    await seen(page, 'May 15, 2026');
  });

  it('and all that is the subscriber’s is tried again when its script did not come', async () => {
    site().answers.set('GET /api/subscription', ok(accountFor('active')));
    const page = await visitSignedIn();
    await page.route('**/subscriber.js*', (route) => route.abort());
    await page.reload();
    await heading(page, 'You seem to be offline').waitFor();
    await page.unroute('**/subscriber.js*');
    await button(page, 'Try again').click();
    await seen(page, 'May 15, 2026');
  });

  it('of another shape than promised are a fault in words, not half a list', async () => {
    site().answers.set('GET /api/subscription', ok(accountFor('active')));
    site().answers.set(route, list(invoice({ total: '29' })));
    const page = await visitSignedIn();
    await heading(page, 'Your invoices could not be fetched').waitFor();
  });
});
