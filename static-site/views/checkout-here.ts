/**
 * Where the page takes the payment itself, at `/checkout?plan=<lookup key>`. A reload or a second tab gets the same open
 * session again: the API keeps one a user.
 */
import { checkout as title, takingYou } from '#words/checkout';
import { alreadySubscribed } from '#words/home';
import { backToPlans } from '#words/page';
import { asFault, el, Fault, faultParts, signedIn, waiting } from '../kit.ts';
import type { Page } from '../page.ts';
import { elementPart } from '../payment-element.ts';
import { loadStripe, type Stripe } from '../stripe-js.ts';

export interface CheckoutNeeds {
  readonly page: Page;
  /** The front page, with a sentence to begin with. */
  readonly home: (note: string) => Promise<void>;
}

export async function checkoutHere(needs: CheckoutNeeds, query: URLSearchParams, focus = false): Promise<void> {
  const { page } = needs;
  page.show({ title, parts: [waiting(takingYou)] });
  try {
    await open(needs, query.get('plan') ?? '', focus);
  } catch (thrown) {
    const retry = (): Promise<void> => checkoutHere(needs, query, true);
    page.show({ title, parts: faultParts(page, { fault: asFault(thrown), retry }), focus });
  }
}

/** @throws Fault when Stripe.js, or the session, cannot be had */
async function open({ page, home }: CheckoutNeeds, lookupKey: string, focus: boolean): Promise<void> {
  const { checkout, plans, publishableKey } = await page.api.config();
  const [answer, stripe] = await Promise.all([
    signedIn(page, null, () => page.api.openCheckout(lookupKey)),
    checkout && loadStripe(checkout.text('stripeJs'), publishableKey),
  ]);
  if (!answer) return;
  if (answer.text('kind') === 'portal') return home(alreadySubscribed);
  const url = answer.textOrNull('url');
  if (url) return page.leaveFor(url);
  // An answer kept from before a deployment: in a minute it is known here, too, where to pay.
  if (!checkout || !stripe) throw new Fault('unexpected');
  const paying: Paying = { page, stripe, focus, clientSecret: answer.text('clientSecret') };
  if (checkout.text('uiMode') === 'embedded_page') return showEmbedded(paying);
  const plan = plans.find((each) => each.lookupKey === lookupKey);
  const { part, mount } = await elementPart({ ...paying, plan, wayBack: wayBack() });
  page.show({ title, parts: [part], focus });
  mount();
}

interface Paying {
  readonly page: Page;
  readonly stripe: Stripe;
  readonly clientSecret: string;
  readonly focus: boolean;
}

const wayBack = (): HTMLElement => el('p', {}, el('a', { href: '/' }, backToPlans));

/** Checkout's own page in a frame, which says what is bought, and leads on when it is paid. */
async function showEmbedded({ page, stripe, clientSecret, focus }: Paying): Promise<void> {
  const checkout = await stripe.createEmbeddedCheckoutPage({ clientSecret });
  const place = el('div', { class: 'stripe' });
  const heading = el('h1', { class: 'visually-hidden' }, title);
  page.show({ title, parts: [el('section', { class: 'paying there' }, heading, wayBack(), place)], focus });
  checkout.mount(place);
  window.addEventListener('pagehide', () => checkout.destroy(), { once: true });
}
