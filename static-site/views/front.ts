/** What the front page has for strangers and subscribers alike. */
import * as words from '#words/home';
import type { Account, Plan } from '../contract.ts';
import { el } from '../dom.ts';
import { signedIn, type Page } from '../page.ts';
import { plansSection } from './plans.ts';

export interface HomeOptions {
  /** After something the visitor did in the page. */
  readonly focus?: boolean;
  /** A sentence to begin with, such as why Checkout was not opened. */
  readonly note?: string;
  /** Back from Stripe's pages, whose news may not have reached us yet. */
  readonly mayHaveChanged?: boolean;
}

export const hero = (): HTMLElement =>
  el('section', { class: 'hero' }, el('h1', {}, words.heroTitle), el('p', {}, words.heroText));

export const notice = ({ note }: HomeOptions): HTMLElement | null =>
  note ? el('p', { class: 'note', role: 'status' }, note) : null;

/** The plans for those who may buy one. */
export const offer = (page: Page, plans: readonly Plan[], account: Account | null): HTMLElement =>
  plansOr(plans, () =>
    plansSection(
      { plans, account, format: page.format, choose: ({ lookupKey }) => subscribe(page, lookupKey) },
      words.plans,
    ),
  );

/** The plans as `draw` shows them, if there are any. */
export const plansOr = (plans: readonly Plan[], draw: () => HTMLElement): HTMLElement =>
  plans.length > 0 ? draw() : nothingOnOffer();

const nothingOnOffer = (): HTMLElement =>
  el('section', { class: 'notice' }, el('h2', {}, words.noPlansTitle), el('p', {}, words.noPlansText));

/** Signs in first when need be, then carries on to Checkout by itself. */
async function subscribe(page: Page, plan: string): Promise<'leaving'> {
  if ((await page.api.config()).checkout) return toCheckoutHere(page, `/checkout?plan=${encodeURIComponent(plan)}`);
  const destination = await signedIn(page, plan, () => page.api.checkout(plan));
  if (destination) page.leaveFor(destination.url);
  return 'leaving';
}

/** Signs in from here, so that the back button leads back here. */
async function toCheckoutHere(page: Page, path: string): Promise<'leaving'> {
  if (page.signIn.signedIn()) page.leaveFor(path);
  else await page.signIn.begin({ path, plan: null });
  return 'leaving';
}
