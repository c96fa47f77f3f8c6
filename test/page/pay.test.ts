/** A card for later, and what was charged to it. */
import { expect, it } from '@jest/globals';
import { button, describeVisits, heading, seen } from './visitor.ts';
import { charge, checkoutOf, noSubscription, ok } from './world.ts';

await describeVisits('payments beside the subscription', ({ asked, site, visit, visitSignedIn }) => {
  const route = 'GET /api/charges';
  const charges = (...list: unknown[]) => site().answers.set(route, ok({ charges: list }));
  const owed = { status: 'declined', payable: true };

  it('a link leads, by way of the sign-in, to what is due and to where it is paid', async () => {
    charges(charge({ id: 'fee', description: 'The fee' }), charge({ ...owed, id: 'dues', description: 'The dues' }));
    site().answers.set('POST /api/charges/dues/pay', ok({ url: `${site().provider.issuer}/stripe-checkout` }));
    const page = await visit('/pay?charge=dues');
    await heading(page, 'A payment is due').waitFor();
    await seen(page, 'your card was declined.');
    await button(page, 'Pay $5.00 now').click();
    await page.waitForURL('**/stripe-checkout');
    expect(asked('POST /api/charges/dues/pay')).toHaveLength(1);
  });

  it('a bank that wants the customer is told from a decline', async () => {
    charges(charge({ status: 'action_required', payable: true }));
    const page = await visitSignedIn('/pay?charge=fee');
    await seen(page, 'your bank asks you to confirm it.');
  });

  it('back from paying, the thanks come after the API was asked about the checkout', async () => {
    site().answers.set('GET /api/checkout/cs_test_1', ok({ ...checkoutOf(noSubscription), mode: 'payment' }));
    charges(charge());
    const page = await visitSignedIn('/pay?charge=fee&session_id=cs_test_1');
    await heading(page, 'Thank you, your payment went through').waitFor();
    await seen(page, 'Paid');
    const calls = site().requests.map(({ route: each }) => each);
    expect(calls.indexOf('GET /api/checkout/cs_test_1')).toBeLessThan(calls.indexOf(route));
  });

  it('a card is saved for later, and the page says so afterwards', async () => {
    const page = await visitSignedIn('/pay');
    await heading(page, 'Nothing is due').waitFor();
    await button(page, 'Save a card for later').click();
    await page.waitForURL('**/stripe-checkout');
    expect(asked('POST /api/checkout').map(({ body }) => JSON.parse(body))).toEqual([{ mode: 'setup' }]);
    site().answers.set('GET /api/checkout/cs_test_1', ok({ ...checkoutOf(noSubscription), mode: 'setup' }));
    await page.goto(`${site().origin}/pay?session_id=cs_test_1`);
    await heading(page, 'Your card is saved').waitFor();
  });

  it('is a script that nobody else loads', async () => {
    const page = await visit();
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
    await page.reload();
    await heading(page, 'Plans').waitFor();
    expect(loaded).not.toContain('/pay.js');
  });
});
