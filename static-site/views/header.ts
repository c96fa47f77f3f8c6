/** Who is signed in, and the way in or out. */
import { actionButton } from '../action.ts';
import { el } from '../dom.ts';
import type { Page } from '../page.ts';

export function headerParts(page: Page): HTMLElement[] {
  if (!page.signIn.signedIn()) return [signInButton(page)];
  const email = page.signIn.email();
  const prefix = el('span', { class: 'visually-hidden' }, 'Signed in as ');
  const who = email === null ? ['Signed in'] : [prefix, email];
  return [el('span', { class: 'who', title: email ?? undefined }, ...who), signOutButton(page)];
}

const signInButton = (page: Page): HTMLElement =>
  actionButton({
    label: 'Sign in',
    busy: 'Signing in…',
    look: 'button quiet small',
    run: async () => {
      await page.signIn.begin({ path: page.here(), plan: null });
      return 'leaving';
    },
  });

const signOutButton = (page: Page): HTMLElement =>
  actionButton({
    label: 'Sign out',
    busy: 'Signing out…',
    look: 'button quiet small',
    run: async () => {
      await page.signIn.end();
      return 'leaving';
    },
  });
