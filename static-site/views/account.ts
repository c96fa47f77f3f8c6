/** The visitor's own subscription: plan, status, what happens next, and the ways to change it. */
import * as words from '#words/account';
import * as terms from '#words/facts';
import type { PortalFlow } from '../api.ts';
import type { Account, Plan } from '../contract.ts';
import { actionButton, el, isLive, signedIn } from '../kit.ts';
import type { Page } from '../page.ts';
import { describe, type StatusWords } from '../status.ts';
import type { BillingPlaces } from './invoices.ts';

export interface AccountView {
  readonly account: Account;
  readonly plans: readonly Plan[];
  readonly places: BillingPlaces;
  /** How new all this is, in a line at the end. */
  readonly freshness: HTMLElement | undefined;
}

/** Null for those who never had a subscription. */
export function accountSection(page: Page, { account, plans, places, freshness }: AccountView): HTMLElement | null {
  const state = describe(account, plans, page.format);
  if (!state) return null;
  const { first, others, card } = ways(page, account);
  const sentence = el('p', {}, state.sentence);
  const paidWith = isLive(account) ? el('dd', {}, places.card, card) : null;
  const told = {
    good: () => [facts(state, sentence, paidWith), places.due],
    warning: () => [callout(account, sentence, places.due, first), facts(state, null, paidWith)],
    over: () => [facts(state, null, null), sentence, places.due],
  };
  const buttons = [state.tone === 'warning' ? null : first, ...others];
  return el(
    'section',
    { class: 'account', 'aria-labelledby': 'account' },
    el(
      'div',
      { class: 'account-head' },
      el('h2', { id: 'account' }, words.yourSubscription),
      el('span', { class: `badge ${state.tone === 'warning' ? urgency(account) : state.tone}` }, state.label),
    ),
    ...told[state.tone](),
    account.customer ? el('div', { class: 'actions' }, ...buttons) : null,
    freshness,
  );
}

const callout = (account: Account, ...parts: (HTMLElement | null)[]): HTMLElement =>
  el('div', { class: `callout ${urgency(account)}` }, ...parts);

/** How much it matters: access is gone, is going to be, or goes as the visitor wished. */
function urgency({ access }: Account): string {
  if (!access.allowed) return 'bad';
  return access.reason === 'canceling' ? '' : 'warning';
}

const facts = ({ plan, price }: StatusWords, next: HTMLElement | null, paidWith: HTMLElement | null): HTMLElement =>
  el(
    'dl',
    { class: 'facts' },
    fact(terms.plan, el('dd', {}, el('strong', { class: 'plan-name' }, plan), price ? el('span', {}, price) : null)),
    next && fact(terms.next, el('dd', {}, next)),
    paidWith && fact(terms.paidWith, paidWith),
  );

const fact = (term: string, definition: HTMLElement): HTMLElement => el('div', {}, el('dt', {}, term), definition);

interface Ways {
  /** What the moment asks for, if it asks for anything. */
  readonly first: HTMLElement | null;
  /** Whatever else there is to do is at the portal's home. */
  readonly others: readonly HTMLElement[];
  /** Stands by the card. */
  readonly card: HTMLElement | null;
}

function ways(page: Page, account: Account): Ways {
  const to = (label: string, look: string, flow?: PortalFlow): HTMLElement => portalButton(page, label, look, flow);
  const { access, subscription } = account;
  if (!isLive(account)) return { first: null, others: [to(words.billing, quiet)], card: null };
  const hasCard = subscription?.hasPaymentMethod;
  const card = hasCard ? to(words.updateCard, 'link', 'payment_method_update') : null;
  if (access.reason === 'canceling') return { first: to(words.keep, main), others: [to(words.manage, quiet)], card };
  const first = hasCard ? null : to(words.addCard, main, 'payment_method_update');
  const change = ['active', 'trialing'].includes(access.reason)
    ? [to(words.changePlan, quiet, 'subscription_update')]
    : [];
  const others = [...change, to(words.cancel, quiet, 'subscription_cancel'), to(words.manage, 'link')];
  return { first, others, card };
}

const main = 'button';
const quiet = 'button quiet';

const portalButton = (page: Page, label: string, look: string, flow?: PortalFlow): HTMLElement =>
  actionButton({ label, busy: words.openingBilling, look, run: () => openPortal(page, flow) });

export async function openPortal(page: Page, flow?: PortalFlow): Promise<'leaving'> {
  const portal = await signedIn(page, null, () => page.api.portal(flow));
  if (portal) page.leaveFor(portal.url);
  return 'leaving';
}
