/** What is bought, Stripe's Payment Element, and the button that pays. */
import * as words from '#words/checkout-here';
import { startTrial, subscribe } from '#words/plans';
import { per } from '#words/intervals';
import type { Plan } from './contract.ts';
import { actionButton, el, Fault } from './kit.ts';
import type { Page } from './page.ts';
import type { Actions, Appearance, CheckoutElements, Session, Stripe } from './stripe-js.ts';

export interface ElementNeeds {
  readonly page: Page;
  readonly stripe: Stripe;
  readonly clientSecret: string;
  readonly wayBack: HTMLElement;
  /** Undefined when the plans were read before it was there. */
  readonly plan: Plan | undefined;
}

/** The part of the view, and what is to be called once it is shown: Stripe mounts into what is in the document. */
export async function elementPart({ page, stripe, clientSecret, wayBack, plan }: ElementNeeds) {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const elementsOptions = { appearance: appearance(dark.matches) };
  const checkout = stripe.initCheckoutElementsSdk({ clientSecret, elementsOptions });
  const actions = await actionsOf(checkout);
  dark.addEventListener('change', () => checkout.changeAppearance(appearance(dark.matches)));
  const place = el('div', { class: 'stripe' });
  const session = actions.getSession();
  const heading = el('h1', {}, plan ? words.subscribeTo(plan.name) : subscribe);
  const bought = el('div', { class: 'bought' }, wayBack, heading, ...facts(page, session, plan));
  const form = el('section', { class: 'notice', 'aria-label': words.payment }, place, payButton(session, actions));
  return {
    part: el('section', { class: 'paying' }, bought, form),
    mount: () => checkout.createPaymentElement().mount(place),
  };
}

async function actionsOf(checkout: CheckoutElements): Promise<Actions> {
  const loaded = await checkout.loadActions();
  if (loaded.type === 'success') return loaded.actions;
  throw new Fault('problem', { detail: loaded.error.message });
}

/** "a month" for Stripe's `month`. */
const interval = new Map(Object.entries(per));

const trialEndOf = ({ recurring }: Session): number | null => recurring?.trial?.trialEnd ?? null;

/** The price as the plans say it, and what Stripe is going to charge today. */
function facts({ format }: Page, session: Session, plan: Plan | undefined): HTMLElement[] {
  const today = format.money(session.total.total.minorUnitsAmount, session.currency);
  const price = plan && `${format.money(plan.amount, plan.currency)} ${interval.get(plan.interval) ?? ''}`;
  const end = trialEndOf(session);
  const first = end === null ? price : price && words.afterTrial(format.date(end), price);
  return [
    ...(first ? [el('p', { class: 'plan-name' }, first)] : []),
    el('p', {}, words.dueToday, ' ', el('strong', {}, today)),
    el('ul', { class: 'features' }, ...(plan?.features ?? []).map((feature) => el('li', {}, feature))),
    el('p', { class: 'muted' }, words.cancelAnyTime),
  ];
}

const payButton = (session: Session, actions: Actions): HTMLElement =>
  actionButton({
    label: trialEndOf(session) === null ? subscribe : startTrial,
    busy: words.paying,
    run: async () => {
      const result = await actions.confirm();
      if (result.type === 'error') throw new Fault('problem', { detail: result.error.message });
      return 'leaving';
    },
  });

/** The page's colours, by the names of Stripe's appearance API. */
function appearance(dark: boolean): Appearance {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    theme: dark ? 'night' : 'stripe',
    variables: {
      colorPrimary: colour('accent'),
      colorBackground: colour('surface'),
      colorText: colour('ink'),
      colorTextSecondary: colour('soft'),
      colorDanger: colour('bad'),
      borderRadius: '8px',
      fontFamily: style.getPropertyValue('--sans').trim(),
    },
  };
}
