/** What every view has at hand, and the rules that all of them share. */
import * as words from '#words/page';
import type { Api } from './api.ts';
import { el, focusOn, linkButton, sentence } from './dom.ts';
import { asFault, needsSignIn, wordsFor, type Fault } from './faults.ts';
import type { Format } from './format.ts';
import { actionButton } from './action.ts';
import type { SignIn } from './sign-in.ts';

export interface Page {
  readonly api: Api;
  readonly signIn: SignIn;
  readonly format: Format;
  /** Shows a view: its title, its parts, and whether focus should go to its heading. */
  readonly show: (view: View) => void;
  /** Says something to a screen reader without moving it. */
  readonly announce: (news: string) => void;
  /** Goes to another page, on this site or not. */
  readonly leaveFor: (url: string) => void;
  /** Path and query. */
  readonly here: () => string;
}

export interface View {
  readonly title: string;
  readonly parts: readonly (Node | null)[];
  /** After something the visitor did in the page; not on arrival, where the browser puts focus itself. */
  readonly focus?: boolean;
}

/** A wait in words, standing where the view will be. */
export const waiting = (wait: string, tag: 'h1' | 'p' = 'h1'): HTMLElement =>
  el(
    'div',
    { class: 'waiting', role: 'status' },
    el('span', { class: 'spinner', 'aria-hidden': 'true' }),
    el(tag, {}, wait),
  );

/**
 * Runs what needs the visitor's sign-in. Without a token, or with one that the API refuses, it goes to sign in and
 * comes back to `intent`; the answer is then null, for the page is being left. Tokens just made that are refused all
 * the same are a fault to show: signing in again would only go round in circles.
 */
export async function signedIn<T>(page: Page, plan: string | null, task: () => Promise<T>): Promise<T | null> {
  try {
    return await task();
  } catch (thrown) {
    const fault = asFault(thrown);
    if (!needsSignIn(fault) || (fault.kind === 'unauthorized' && page.signIn.isFresh())) throw fault;
    await page.signIn.begin({ path: page.here(), plan });
    return null;
  }
}

export interface FaultView {
  readonly fault: Fault;
  readonly retry: () => Promise<void>;
  readonly plan?: string | null;
}

/** A fault in place of a view, with a way on. */
export function faultParts(page: Page, { fault, retry, plan = null }: FaultView): HTMLElement[] {
  const { title, text, wayOn } = wordsFor(fault);
  const again = actionButton({
    label: words.tryAgain,
    busy: words.tryingAgain,
    run: async () => {
      await retry();
      return 'leaving';
    },
  });
  const signIn = actionButton({
    label: words.signIn,
    busy: words.goingToSignIn,
    run: async () => {
      await page.signIn.begin({ path: page.here(), plan });
      return 'leaving';
    },
  });
  const back = linkButton(words.backToPlans, '/', wayOn === 'plans' ? 'button' : 'button quiet');
  const ways = { retry: [again, page.here() === '/' ? null : back], 'sign-in': [signIn, back], plans: [back] }[wayOn];
  return [
    el(
      'section',
      { class: 'notice', role: 'alert' },
      el('h1', {}, title),
      el('p', {}, ...sentence(text)),
      el('div', { class: 'actions' }, ...ways),
    ),
  ];
}

/** Puts a view into `main` and names the document after it. */
export function showIn(main: HTMLElement, brand: string, { title, parts, focus }: View): void {
  const focused = main.querySelector<HTMLElement>(':focus');
  main.replaceChildren(...parts.filter((part) => part !== null));
  document.title = title ? `${title} · ${brand}` : brand;
  const heading = main.querySelector('h1');
  if (focus) focusOn(heading);
  else if (focused) keepFocus(focused, heading);
}

/** What changes by itself neither loses the keyboard's place nor scrolls. */
function keepFocus(focused: HTMLElement, heading: HTMLElement | null): void {
  if (focused.isConnected) focused.focus({ preventScroll: true });
  else focusOn(heading, { preventScroll: true });
}
