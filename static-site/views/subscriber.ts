/** The front page of those who have a subscription, or had one: a script of its own, which nobody else waits for. */
import { changePlan, welcomeBack } from '#words/home';
import type { Account, Config } from '../contract.ts';
import { el, hero, isLive, notice, offer, plansOr, plansSection, teaserSection } from '../kit.ts';
import type { Page } from '../page.ts';
import { accountSection, openPortal } from './account.ts';
import { followChanges } from './follow-changes.ts';
import type { HomeOptions } from './front.ts';
import { billingPlaces } from './invoices.ts';
import { membersSection } from './members.ts';

export function showSubscriber(page: Page, config: Config, account: Account, options: HomeOptions): void {
  const draw = drawing(page, config, options);
  draw(account, options);
  if (options.mayHaveChanged) void followChanges(page, { account, plans: config.plans, show: draw });
}

type Draw = (account: Account, how: { readonly focus?: boolean; readonly freshness?: HTMLElement }) => void;

/** Draws the page, as often as the account changes: what was fetched for members stays as it is, and so do the invoices of the same account. */
function drawing(page: Page, { plans }: Config, options: HomeOptions): Draw {
  let fetched: HTMLElement | null = null;
  const members = (): HTMLElement => (fetched ??= membersSection(page));
  const billing = lastOf((account: Account) => billingPlaces(page, account));
  return (account, { focus = false, freshness }) => {
    const places = billing(account);
    const own = accountSection(page, { account, plans, places, freshness });
    const content = account.access.allowed ? members() : teaserSection(true);
    const parts = isLive(account)
      ? [welcome(), own, content, places.invoices, otherPlans(page, plans, account)]
      : [hero(), own, offer(page, plans, account), teaserSection(false), places.invoices];
    page.show({ title: '', parts: [notice(options), ...parts], focus });
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

const welcome = (): HTMLElement => el('section', { class: 'welcome' }, el('h1', {}, welcomeBack));

/** Another plan is chosen at the portal, not bought a second time. */
const otherPlans = (page: Page, plans: Config['plans'], account: Account): HTMLElement =>
  plansOr(plans, () => {
    const choose = (): Promise<'leaving'> => openPortal(page, 'subscription_update');
    return plansSection({ plans, account, format: page.format, choose }, changePlan);
  });
