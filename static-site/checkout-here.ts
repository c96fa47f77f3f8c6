/**
 * Checkout on this page, for those who come to `/checkout`: a script of its own, which is given what it draws with, as pay.ts
 * is. A reload or a second tab gets the same open session again: the API keeps one a user.
 */
import { backToPlans } from '#words/page';
import { checkout as title } from '#words/checkout';
import type { actionButton } from './action.ts';
import type { Plan } from './contract.ts';
import type { el } from './dom.ts';
import { Fault } from './kit.ts';
import type { Page } from './page.ts';
import { elementPart } from './payment-element.ts';
import type { Fields } from './read.ts';
import { loadStripe, type Stripe } from './stripe-js.ts';

export interface Kit {
  readonly page: Page;
  readonly el: typeof el;
  readonly actionButton: typeof actionButton;
  /** "a month" for Stripe's `month`. */
  readonly per: (interval: string) => string;
  /** Opens the checkout of the plan; null when the visitor is on the way to sign in. */
  readonly open: () => Promise<Fields | null>;
  /** For who turns out to be a subscriber. */
  readonly subscriber: () => Promise<void>;
}

/** @throws Fault when Stripe.js, or the session, cannot be had */
export async function payHere(kit: Kit, lookupKey: string, focus: boolean): Promise<void> {
  const { page } = kit;
  const { checkout, plans, publishableKey } = await page.api.config();
  const [answer, stripe] = await Promise.all([
    kit.open(),
    checkout && loadStripe(checkout.text('stripeJs'), publishableKey),
  ]);
  if (!answer) return;
  if (answer.text('kind') === 'portal') return kit.subscriber();
  const url = answer.textOrNull('url');
  if (url) return page.leaveFor(url);
  // An answer kept from before a deployment: in a minute it is known here, too, where to pay.
  if (!checkout || !stripe) throw new Fault('unexpected');
  const paying: Paying = { kit, stripe, focus, clientSecret: answer.text('clientSecret') };
  if (checkout.text('uiMode') === 'embedded_page') return showEmbedded(paying);
  return showElement(
    paying,
    plans.find((plan) => plan.lookupKey === lookupKey),
  );
}

interface Paying {
  readonly kit: Kit;
  readonly stripe: Stripe;
  readonly clientSecret: string;
  readonly focus: boolean;
}

const wayBack = ({ el }: Kit): HTMLElement => el('p', {}, el('a', { href: '/' }, backToPlans));

/** Checkout's own page in a frame, which says what is bought, and leads on when it is paid. */
async function showEmbedded({ kit, stripe, clientSecret, focus }: Paying): Promise<void> {
  const { page, el } = kit;
  const checkout = await stripe.createEmbeddedCheckoutPage({ clientSecret });
  const place = el('div', { class: 'stripe' });
  const heading = el('h1', { class: 'visually-hidden' }, title);
  page.show({ title, parts: [el('div', { class: 'paying there' }, heading, wayBack(kit), place)], focus });
  checkout.mount(place);
  window.addEventListener('pagehide', () => checkout.destroy(), { once: true });
}

async function showElement({ kit, stripe, clientSecret, focus }: Paying, plan: Plan | undefined): Promise<void> {
  const { part, mount } = await elementPart(kit, { stripe, clientSecret, plan, wayBack: wayBack(kit) });
  kit.page.show({ title, parts: [part], focus });
  mount();
}
