/** The visitor's own subscription: plan, status, what happens next, and the way to manage it. */
import { actionButton } from '../action.ts';
import type { Account, Plan } from '../contract.ts';
import { el } from '../dom.ts';
import { isLive } from '../plans.ts';
import type { Page } from '../page.ts';
import { signedIn } from '../page.ts';
import { describe } from '../status.ts';

export interface AccountView {
  readonly account: Account;
  readonly plans: readonly Plan[];
  /** How new all this is, in a line at the end. */
  readonly freshness: HTMLElement | undefined;
}

/** Null for those who never had a subscription. */
export function accountSection(page: Page, { account, plans, freshness }: AccountView): HTMLElement | null {
  const words = describe(account, plans, page.format);
  if (!words) return null;
  const facts = el('p', { class: 'plan-name' }, words.plan, words.price ? el('span', {}, ` ${words.price}`) : null);
  const status = el('span', { class: `badge ${words.tone}` }, words.label);
  return el(
    'section',
    { class: `account ${words.tone}`, 'aria-labelledby': 'account' },
    el('div', { class: 'account-head' }, el('h2', { id: 'account' }, 'Your subscription'), status),
    facts,
    el('p', { class: 'next' }, words.sentence),
    account.customer ? manageButton(page, account) : null,
    freshness,
  );
}

function manageButton(page: Page, account: Account): HTMLElement {
  const live = isLive(account);
  return actionButton({
    label: live ? 'Manage subscription' : 'Billing and invoices',
    busy: 'Opening billing…',
    look: live ? 'button' : 'button quiet',
    run: async () => {
      const portal = await signedIn(page, null, () => page.api.portal());
      if (portal) page.leaveFor(portal.url);
      return 'leaving';
    },
  });
}
