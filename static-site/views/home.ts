/** The front page: the plans, and for those who have or had a subscription, that. */
import * as words from '#words/home';
import type { Account, Plan } from '../contract.ts';
import { el } from '../dom.ts';
import { asFault } from '../faults.ts';
import { ghost, unseen } from '../ghosts.ts';
import { later } from '../later.ts';
import { faultParts, signedIn, type Page } from '../page.ts';
import { hero, notice, offer, type HomeOptions } from './front.ts';
import { teaserSection } from './teaser.ts';

export async function home(page: Page, options: HomeOptions = {}): Promise<void> {
  const member = page.signIn.signedIn();
  page.show({ title: '', parts: member ? [accountGhost()] : [hero(), plansGhost()] });
  try {
    const [config, account, script] = await Promise.all([
      page.api.config(),
      member ? signedIn(page, null, () => page.api.account()) : null,
      member ? later(import('./subscriber.ts')) : null,
    ]);
    if (account?.subscription) return script?.showSubscriber(page, config, account, options);
    if (account || !member) showStranger(page, config.plans, account, options);
  } catch (thrown) {
    const retry = (): Promise<void> => home(page, { ...options, focus: true });
    const focus = options.focus ?? false;
    page.show({ title: '', parts: faultParts(page, { fault: asFault(thrown), retry }), focus });
  }
}

function showStranger(page: Page, plans: readonly Plan[], account: Account | null, options: HomeOptions): void {
  const parts = [notice(options), hero(), offer(page, plans, account), teaserSection(false)];
  page.show({ title: '', parts, focus: options.focus ?? false });
}

const plansGhost = (): HTMLElement =>
  el(
    'div',
    { class: 'plans skeleton' },
    unseen(words.fetchingPlans, 'p'),
    el('div', { class: 'cards' }, ghost('panel'), ghost('panel')),
  );

const accountGhost = (): HTMLElement =>
  el('div', { class: 'skeleton' }, unseen(words.fetchingSubscription, 'h1'), ghost('heading'), ghost('panel'));
