/** The front page: the plans, and for a subscriber the subscription and the members' content first. */
import * as words from '#words/home';
import type { Account, Config, Plan } from '../contract.ts';
import { el } from '../dom.ts';
import { asFault } from '../faults.ts';
import { ghost, unseen } from '../ghosts.ts';
import { faultParts, signedIn, type Page } from '../page.ts';
import { isLive } from '../plans.ts';
import { accountSection, openPortal } from './account.ts';
import { followChanges } from './follow-changes.ts';
import { billingPlaces, type BillingPlaces } from './invoices.ts';
import { membersSection, teaserSection } from './members.ts';
import { plansSection } from './plans.ts';

export interface HomeOptions {
  /** After something the visitor did in the page. */
  readonly focus?: boolean;
  /** A sentence to begin with, such as why Checkout was not opened. */
  readonly note?: string;
  /** Back from Stripe's pages, whose news may not have reached us yet. */
  readonly mayHaveChanged?: boolean;
}

export async function home(page: Page, options: HomeOptions = {}): Promise<void> {
  page.show({ title: '', parts: page.signIn.signedIn() ? [accountGhost()] : [hero(), plansGhost()] });
  try {
    const [config, account] = await Promise.all([page.api.config(), accountIfSignedIn(page)]);
    if (account === 'leaving') return;
    const draw = drawing(page, config, options);
    draw(account, focusOf(options));
    if (options.mayHaveChanged && account?.subscription)
      void followChanges(page, { account, plans: config.plans, show: draw });
  } catch (thrown) {
    const retry = (): Promise<void> => home(page, { ...options, focus: true });
    page.show({ title: '', parts: faultParts(page, { fault: asFault(thrown), retry }), ...focusOf(options) });
  }
}

const focusOf = ({ focus = false }: HomeOptions): { focus: boolean } => ({ focus });

async function accountIfSignedIn(page: Page): Promise<Account | null | 'leaving'> {
  if (!page.signIn.signedIn()) return null;
  return (await signedIn(page, null, () => page.api.account())) ?? 'leaving';
}

type Draw = (account: Account | null, how: { readonly focus?: boolean; readonly freshness?: HTMLElement }) => void;

/** Draws the page, as often as the account changes: what was fetched for members stays as it is, and so do the invoices of the same account. */
function drawing(page: Page, { plans }: Config, { note }: HomeOptions): Draw {
  let fetched: HTMLElement | null = null;
  const members = (): HTMLElement => (fetched ??= membersSection(page));
  const billing = lastOf((account: Account | null) => billingPlaces(page, account));
  return (account, { focus = false, freshness }) => {
    const front = { plans, account, freshness, members, note, billing: billing(account) };
    page.show({ title: '', parts: parts(page, front), focus });
  };
}

/** Makes anew only what is asked for something else than the last time. */
function lastOf<A, T>(make: (asked: A) => T): (asked: A) => T {
  let last: { key: string; made: T } | null = null;
  return (asked) => {
    const key = JSON.stringify(asked);
    if (last?.key !== key) last = { key, made: make(asked) };
    return last.made;
  };
}

interface Front {
  readonly plans: readonly Plan[];
  readonly account: Account | null;
  readonly freshness: HTMLElement | undefined;
  readonly billing: BillingPlaces;
  readonly members: () => HTMLElement;
  readonly note: string | undefined;
}

function parts(page: Page, { plans, account, freshness, billing, members, note }: Front): (HTMLElement | null)[] {
  const choose = (plan: Plan): Promise<'leaving'> =>
    isLive(account) ? openPortal(page, 'subscription_update') : subscribe(page, plan.lookupKey);
  const needs = { plans, account, format: page.format, choose };
  const notice = note ? el('p', { class: 'note', role: 'status' }, note) : null;
  const own = account && accountSection(page, { account, plans, places: billing, freshness });
  const heading = isLive(account) ? words.changePlan : words.plans;
  const offer = plans.length > 0 ? plansSection(needs, heading) : nothingOnOffer();
  if (account && isLive(account)) {
    const content = account.access.allowed ? members() : teaserSection(true);
    return [notice, welcome(), own, content, billing.invoices, offer];
  }
  return [notice, hero(), own, offer, teaserSection(false), billing.invoices];
}

/** Signs in first when need be, then carries on to Checkout by itself. */
export async function subscribe(page: Page, plan: string): Promise<'leaving'> {
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

const hero = (): HTMLElement =>
  el('section', { class: 'hero' }, el('h1', {}, words.heroTitle), el('p', {}, words.heroText));

const welcome = (): HTMLElement => el('section', { class: 'welcome' }, el('h1', {}, words.welcomeBack));

const plansGhost = (): HTMLElement =>
  el(
    'div',
    { class: 'plans skeleton' },
    unseen(words.fetchingPlans, 'p'),
    el('div', { class: 'cards' }, ghost('panel'), ghost('panel')),
  );

const accountGhost = (): HTMLElement =>
  el('div', { class: 'skeleton' }, unseen(words.fetchingPlans, 'h1'), ghost('heading'), ghost('panel'));

const nothingOnOffer = (): HTMLElement =>
  el('section', { class: 'notice' }, el('h2', {}, words.noPlansTitle), el('p', {}, words.noPlansText));
