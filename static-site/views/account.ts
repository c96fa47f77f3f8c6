/** The visitor's own subscription: plan, status, what happens next, and the ways to change it. */
import * as words from '#words/account';
import { actionButton } from '../action.ts';
import type { PortalFlow } from '../api.ts';
import type { Account, Plan } from '../contract.ts';
import { el } from '../dom.ts';
import { isLive } from '../plans.ts';
import type { Page } from '../page.ts';
import { signedIn } from '../page.ts';
import { describe } from '../status.ts';

export interface AccountView {
  readonly account: Account;
  readonly plans: readonly Plan[];
  /** What is to be paid, if anything: filled when the invoices are known. */
  readonly due: HTMLElement;
  /** How new all this is, in a line at the end. */
  readonly freshness: HTMLElement | undefined;
}

/** Null for those who never had a subscription. */
export function accountSection(page: Page, { account, plans, due, freshness }: AccountView): HTMLElement | null {
  const state = describe(account, plans, page.format);
  if (!state) return null;
  const facts = el('p', { class: 'plan-name' }, state.plan, state.price ? el('span', {}, ` ${state.price}`) : null);
  const status = el('span', { class: `badge ${state.tone}` }, state.label);
  return el(
    'section',
    { class: `account ${state.tone}`, 'aria-labelledby': 'account' },
    el('div', { class: 'account-head' }, el('h2', { id: 'account' }, words.yourSubscription), status),
    facts,
    el('p', { class: 'next' }, state.sentence),
    due,
    account.customer ? el('div', { class: 'actions' }, ...ways(page, account)) : null,
    freshness,
  );
}

/** What fits the moment comes first; whatever else there is to do is at the portal's home. */
function ways(page: Page, account: Account): HTMLElement[] {
  const to = (label: string, look: string, flow?: PortalFlow): HTMLElement => portalButton(page, label, look, flow);
  const card = (look: string, label = words.updateCard): HTMLElement => to(label, look, 'payment_method_update');
  const { access, subscription } = account;
  if (!isLive(account)) return [to(words.billing, quiet)];
  const home = to(words.manage, 'link');
  if (access.reason === 'canceling') return [to(words.keep, main), card(quiet)];
  const first = subscription?.hasPaymentMethod ? card(quiet) : card(main, words.addCard);
  if (access.reason !== 'active' && access.reason !== 'trialing') return [first, cancel(to), home];
  return [to(words.changePlan, quiet, 'subscription_update'), first, cancel(to), home];
}

const main = 'button';
const quiet = 'button quiet';

const cancel = (to: (label: string, look: string, flow: PortalFlow) => HTMLElement): HTMLElement =>
  to(words.cancel, quiet, 'subscription_cancel');

const portalButton = (page: Page, label: string, look: string, flow?: PortalFlow): HTMLElement =>
  actionButton({ label, busy: words.openingBilling, look, run: () => openPortal(page, flow) });

export async function openPortal(page: Page, flow?: PortalFlow): Promise<'leaving'> {
  const portal = await signedIn(page, null, () => page.api.portal(flow));
  if (portal) page.leaveFor(portal.url);
  return 'leaving';
}
