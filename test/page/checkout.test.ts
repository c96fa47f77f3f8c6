import { expect, it } from '@jest/globals';
import { describeVisits, heading, seen } from './visitor.ts';
import { accountFor, checkoutOf, june15, noSubscription, ok, problem } from './world.ts';

await describeVisits('back from Checkout', ({ asked, site, visit, visitSignedIn }) => {
  it('confirms a subscription once the record says so, after waiting for it in words', async () => {
    const waiting = { ...noSubscription, customer: true };
    const session = 'GET /api/checkout/cs_test_1';
    site().answers.set(session, [
      ok(checkoutOf(waiting)),
      ok(checkoutOf(accountFor('trialing', { trialEnd: june15 }))),
    ]);
    const page = await visitSignedIn('/success?session_id=cs_test_1');
    await seen(page, 'Confirming your subscription with Stripe…');
    await page.getByRole('heading', { name: 'You have successfully subscribed!', exact: true }).waitFor();
    await seen(page, /Trial until June 15, 2026, then \$29.00 a month/);
    expect(asked(session)).toHaveLength(2);
  });

  it('gets through a passing fault of ours while confirming', async () => {
    const paid = ok(checkoutOf(accountFor('active')));
    site().answers.set('GET /api/checkout/cs_test_1', [problem(502, 'stripe_unavailable', 'x'), paid]);
    const page = await visitSignedIn('/success?session_id=cs_test_1');
    await heading(page, 'You have successfully subscribed!').waitFor();
  });

  it('says that a delayed payment is on its way', async () => {
    site().answers.set('GET /api/checkout/cs_test_1', ok(checkoutOf(noSubscription, 'complete', 'unpaid')));
    const page = await visitSignedIn('/success?session_id=cs_test_1');
    await heading(page, 'Your payment is on its way').waitFor();
  });

  it('says that a foreign checkout was not found, with a way back', async () => {
    site().answers.set('GET /api/checkout/cs_test_2', problem(404, 'checkout_session_not_found', 'x'));
    const page = await visitSignedIn('/success?session_id=cs_test_2');
    await heading(page, 'We could not find that checkout').waitFor();
    await page.getByRole('link', { name: 'Back to plans' }).click();
    await heading(page, 'Plans').waitFor();
  });

  it('signs in a visitor who opens the success page in a new tab, and carries on there', async () => {
    site().answers.set('GET /api/checkout/cs_test_1', ok(checkoutOf(accountFor('active'))));
    const page = await visit('/success?session_id=cs_test_1');
    await heading(page, 'You have successfully subscribed!').waitFor();
    expect(page.url()).toBe(`${site().origin}/success?session_id=cs_test_1`);
  });

  it('says that the checkout was cancelled, with a way back to the plans', async () => {
    const page = await visit('/cancel');
    await page.getByText('You have cancelled the checkout.').waitFor();
    await page.getByRole('link', { name: 'Back to plans' }).click();
    await heading(page, 'Plans').waitFor();
  });
});
