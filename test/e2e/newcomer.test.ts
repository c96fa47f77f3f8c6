import { expect } from '@jest/globals';
import { connectStripe } from '../../clients/stripe.ts';
import { describeInBrowser } from './in-browser.ts';
import { everyEventTaken, journey, payAndLeave, webhooks } from './journey.ts';
import { screenshot } from './screenshot.ts';

await describeInBrowser('a newcomer, in a browser, against npm start', ({ local, ...seat }) => {
  const { complaints, heading, inBrowser, shown } = seat;

  inBrowser('subscribes, sees the plan and the members’ content, cancels in the portal and takes it back', async () => {
    const page = seat.page();
    const person = journey(page, local().endpoints.site);
    await person.choose('Starter');
    await person.signIn('newcomer@example.com');
    await person.payWith('4242 4242 4242 4242');
    await heading('You have successfully subscribed!');
    expect(new URL(page.url()).pathname).toBe('/success');

    await page.goto(local().endpoints.site);
    await shown('Renews on');
    await heading('The members’ library');
    await heading('Invoices');
    await screenshot(page, 'subscriber');

    await page.getByRole('button', { name: 'Manage subscription' }).click();
    await page.getByRole('button', { name: 'Cancel subscription' }).click();
    await everyEventTaken(connectStripe('sk_test_onlooker', local().endpoints.stripe));
    await webhooks(local().endpoints.stripe, 'hold');
    await page.getByRole('button', { name: 'Cancel subscription' }).click();
    await page.getByRole('button', { name: "Don't cancel subscription" }).waitFor();
    await page.getByRole('link', { name: /^Return to/ }).click();
    await shown('Checking for changes…');
    await shown('Renews on');
    await webhooks(local().endpoints.stripe, 'normal');
    await shown('Ends on');
    expect(page.url()).toBe(`${local().endpoints.site}/`);
    await screenshot(page, 'cancelled');

    await page.getByRole('button', { name: 'Keep my subscription' }).click();
    await page.getByRole('button', { name: "Don't cancel subscription" }).click();
    await page.getByRole('link', { name: /^Return to/ }).click();
    await shown('Renews on');
    expect(complaints()).toEqual([]);
  });

  inBrowser('whose card is declined may try another, or go back without having paid', async () => {
    const page = seat.page();
    const person = journey(page, local().endpoints.site);
    await person.choose('Starter');
    await person.signIn('declined@example.com');
    await person.payWith('4000 0000 0000 0002');
    await page.getByText('Your card was declined.').waitFor();
    await screenshot(page, 'declined');

    await page.getByRole('link', { name: /^Back/ }).click();
    await heading('You have cancelled the checkout.');
    expect(new URL(page.url()).pathname).toBe('/cancel');
    await page.getByRole('link', { name: 'Back to plans' }).click();
    await heading('Plans');
    expect(await page.getByText('Renews on').count()).toBe(0);
  });

  inBrowser('who closes the browser right after paying is a subscriber all the same, by the webhook', async () => {
    const page = seat.page();
    const person = journey(page, local().endpoints.site);
    await person.choose('Starter');
    await person.signIn('closes@example.com');
    await payAndLeave(page, local().endpoints.stripe, () => person.payWith('4242 4242 4242 4242'));
    await everyEventTaken(connectStripe('sk_test_onlooker', local().endpoints.stripe));
    await page.goto(local().endpoints.site);
    await shown('Renews on');
  });

  inBrowser('with a trial starts free, and sees until when', async () => {
    const page = seat.page();
    await page.goto(local().endpoints.site);
    await heading('Plans');
    await screenshot(page, 'plans');
    const person = journey(page, local().endpoints.site);
    await person.choose('Pro', 'Start free trial');
    await person.signIn('trial@example.com');
    await page.getByLabel('Card number').waitFor();
    await screenshot(page, 'checkout');
    await person.payWith('4242 4242 4242 4242');
    await heading('You have successfully subscribed!');
    await page.getByText('Trial until').waitFor();
    await screenshot(page, 'success');
  });

  inBrowser('may change the plan in the portal, and see the invoices there', async () => {
    const page = seat.page();
    const person = journey(page, local().endpoints.site);
    await person.choose('Starter');
    await person.signIn('changes@example.com');
    await person.payWith('4242 4242 4242 4242');
    await heading('You have successfully subscribed!');
    await page.goto(local().endpoints.site);
    await page.getByRole('button', { name: 'Manage subscription' }).click();
    await page.getByRole('heading', { name: 'Manage your subscription' }).waitFor();
    await screenshot(page, 'portal');
    await page.getByRole('button', { name: 'Change plan' }).click();
    await page.getByRole('radio', { name: /Pro.*29\.00.*month/ }).check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('link', { name: /^Return to/ }).click();
    await page.locator('.plan-name').getByText('Pro').waitFor();
  });
});
