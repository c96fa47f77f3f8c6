/** Who is signed in, and the way in or out. */
import * as words from '#words/header';
import { signIn } from '#words/page';
import { actionButton } from '../action.ts';
import { el } from '../dom.ts';
import type { Page } from '../page.ts';

export function headerParts(page: Page): HTMLElement[] {
  if (!page.signIn.signedIn()) return [signInButton(page)];
  const email = page.signIn.email();
  const prefix = el('span', { class: 'visually-hidden' }, words.signedInAs);
  const who = email === null ? [words.signedIn] : [prefix, email];
  return [el('span', { class: 'who', title: email ?? undefined }, ...who), signOutButton(page)];
}

const signInButton = (page: Page): HTMLElement =>
  actionButton({
    label: signIn,
    busy: words.signingIn,
    look: 'button quiet small',
    run: async () => {
      await page.signIn.begin({ path: page.here(), plan: null });
      return 'leaving';
    },
  });

const signOutButton = (page: Page): HTMLElement =>
  actionButton({
    label: words.signOut,
    busy: words.signingOut,
    look: 'button quiet small',
    run: async () => {
      await page.signIn.end();
      return 'leaving';
    },
  });
