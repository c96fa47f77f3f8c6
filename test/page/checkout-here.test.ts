import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { FrameLocator, Page } from 'playwright-core';
import { axeFindings } from './axe.ts';
import { startStripe } from './stripe.ts';
import { button, card, describeVisits, heading, seen, type Visitor } from './visitor.ts';
import { ok } from './world.ts';

let stripe: Awaited<ReturnType<typeof startStripe>>;
beforeAll(async () => {
  stripe = await startStripe();
});
afterAll(() => stripe.close());

const PATH = '/checkout?plan=starter_monthly';
const DECLINED = '4000 0000 0000 0002';
const ASKS = '4000 0025 0000 3155';

async function takePayments({ site }: Visitor, ...wanted: [uiMode: 'embedded_page' | 'elements', plan?: string]) {
  const { session, answers } = await stripe.takePayments(site(), ...wanted);
  for (const [route, answer] of Object.entries(answers)) site().answers.set(route, answer);
  return session;
}

const form = (page: Page): FrameLocator => page.frameLocator('iframe');

async function type(page: Page, number: string): Promise<void> {
  await form(page).getByLabel('Card number').fill(number);
  await form(page).getByLabel('Expiration').fill('12/34');
  await form(page).getByLabel('CVC').fill('123');
  await form(page).getByLabel('Name on card').fill('Ada');
}

const thanked = (page: Page): Promise<void> => heading(page, 'You have successfully subscribed!').waitFor();

await describeVisits('checkout on our own page', (visitor) => {
  const { site, asked, visit, visitSignedIn } = visitor;

  it('says what is bought and due, tells a refusal in words, and leads on when another card pays', async () => {
    const session = await takePayments(visitor, 'elements');
    const page = await visitSignedIn();
    await card(page, 'Starter').getByRole('button').click();
    await heading(page, 'Subscribe to Starter').waitFor();
    expect(page.url()).toBe(site().origin + PATH);
    await seen(page, '$9.00 a month');
    await seen(page, 'Due today: $9.00');
    await form(page).getByLabel('Card number').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await type(page, DECLINED);
    await button(page, 'Subscribe').click();
    await seen(page, 'Your card was declined.');
    await type(page, '4242 4242 4242 4242');
    await button(page, 'Subscribe').click();
    await thanked(page);
    expect(page.url()).toContain(`/success?session_id=${session.id}`);
  });

  it('keeps its checkout through a reload; the bank asks in its place, and a refusal is no end', async () => {
    const session = await takePayments(visitor, 'elements');
    const page = await visitSignedIn(PATH);
    await form(page).getByLabel('Card number').waitFor();
    await page.reload();
    await type(page, ASKS);
    await button(page, 'Subscribe').click();
    await form(page).getByRole('button', { name: 'Fail authentication' }).click();
    await seen(page, /unable to authenticate/);
    await type(page, ASKS);
    await button(page, 'Subscribe').click();
    await form(page).getByRole('button', { name: 'Complete authentication' }).click();
    await thanked(page);
    expect(page.url()).toContain(session.id);
  });

  it('begins a trial, and says what comes after it', async () => {
    await takePayments(visitor, 'elements', 'pro_monthly');
    const page = await visitSignedIn('/checkout?plan=pro_monthly');
    await seen(page, /^Free until .*, then \$29\.00 a month$/);
    await seen(page, 'Due today: $0.00');
    await button(page, 'Start free trial').waitFor();
  });

  it('says what to do when Stripe’s script is kept away, and tries again', async () => {
    await takePayments(visitor, 'elements');
    await visitor.context().route('**/stripe.js', (route) => route.abort());
    const page = await visitSignedIn(PATH);
    await seen(page, /allow them for this page/);
    await visitor.context().unroute('**/stripe.js');
    await button(page, 'Try again').click();
    await form(page).getByLabel('Card number').waitFor();
  });

  it('has whoever is not signed in sign in first, from the plans, to which the way leads back', async () => {
    await takePayments(visitor, 'elements');
    const page = await visit();
    await card(page, 'Starter').getByRole('button').click();
    await heading(page, 'Subscribe to Starter').waitFor();
    expect(asked('POST /api/checkout').map(({ body }) => body)).toEqual(['{"plan":"starter_monthly"}']);
    await page.getByRole('link', { name: 'Back to plans' }).click();
    await heading(page, 'Plans').waitFor();
  });

  it('leads whoever has a subscription already to what there is', async () => {
    await takePayments(visitor, 'elements');
    site().answers.set('POST /api/checkout', ok({ kind: 'portal', url: `${site().origin}/cancel` }));
    const page = await visitSignedIn(PATH);
    await seen(page, 'You already have a subscription.');
  });

  it('lets Stripe load more of itself, and nobody else anything', async () => {
    await takePayments(visitor, 'elements');
    const page = await visitSignedIn(PATH);
    await form(page).getByLabel('Card number').waitFor();
    const allowed = await page.evaluate((stripeJs) => {
      const factory: unknown = Reflect.get(globalThis, 'trustedTypes');
      const policy: unknown = Reflect.get(Object(factory), 'defaultPolicy');
      const ask = (rule: string, text: string): string => {
        try {
          return String(Reflect.apply(Reflect.get(Object(policy), rule), policy, [text]));
        } catch {
          return 'refused';
        }
      };
      const urls = [stripeJs, 'https://m.js.stripe.com/a.js', 'https://evil.example/a.js', '/main.js'];
      return [...urls.map((url) => ask('createScriptURL', url)), ask('createHTML', '<b>'), ask('createScript', '1')];
    }, `${stripe.url}/endive/more.js`);
    const scripts = [`${stripe.url}/endive/more.js`, 'https://m.js.stripe.com/a.js', '', ''];
    expect(allowed).toEqual([...scripts, 'refused', 'refused']);
  });

  it('may be Checkout whole in a frame, which takes a card after it has refused one, and leads to the success page', async () => {
    const session = await takePayments(visitor, 'embedded_page');
    const page = await visitSignedIn(PATH);
    await type(page, DECLINED);
    await form(page).getByRole('button', { name: 'Subscribe' }).click();
    await form(page).getByText('Your card was declined.').waitFor();
    await type(page, '4242 4242 4242 4242');
    await form(page).getByRole('button', { name: 'Subscribe' }).click();
    await thanked(page);
    expect(page.url()).toContain(session.id);
  });

  it('is none where customers pay at Stripe’s: /checkout leads there, and needs no script of Stripe’s', async () => {
    site().stripe.origin = null;
    const page = await visit(PATH);
    await page.waitForURL(/stripe-checkout/);
  });
});
