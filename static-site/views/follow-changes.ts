/**
 * Back from Stripe's pages: what the visitor changed there reaches us by a webhook a moment later. The page shows what
 * it knows at once, says that it is checking, and looks again a few times by itself.
 */
import * as words from '#words/account';
import { checkAgain, checking } from '#words/page';
import type { Account, Plan } from '../contract.ts';
import { actionButton, el, signedIn } from '../kit.ts';
import type { Page } from '../page.ts';
import { describe } from '../status.ts';

/** Milliseconds before each look. Stripe's webhook takes a second or two; after these, the visitor may ask. */
const waits = [1000, 2000, 4000];

export interface Shown {
  readonly account: Account;
  readonly plans: readonly Plan[];
  /** Draws the page for an account, with a line about how new it is. */
  readonly show: (account: Account, how: { readonly freshness: HTMLElement }) => void;
}

/** Ends by itself when another view has taken the page's place. Never rejects. */
export async function followChanges(page: Page, first: Shown): Promise<void> {
  let { account } = first;
  let line = freshness(words.checkingForChanges);
  first.show(account, { freshness: line });
  page.announce(words.checkingForChanges);
  for (const wait of waits) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    if (!line.isConnected) return;
    // A look that fails is as good as none: the visitor did not ask for it.
    const now = await page.api.account().catch(() => account);
    if (!line.isConnected) return;
    if (differs(now, account)) line = showChange(page, { ...first, account: now });
    account = now;
  }
  if (!differs(account, first.account)) line.replaceChildren(...noChanges(page, first));
}

const freshness = (line: string): HTMLElement => el('div', { class: 'freshness' }, line);

const differs = (one: Account, other: Account): boolean => JSON.stringify(one) !== JSON.stringify(other);

function showChange(page: Page, { account, plans, show }: Shown): HTMLElement {
  const line = freshness(words.updated);
  show(account, { freshness: line });
  page.announce(words.changed(describe(account, plans, page.format)?.sentence ?? ''));
  return line;
}

/** Said without certainty: a webhook may be late, and most visitors only came to look at an invoice. */
function noChanges(page: Page, shown: Shown): (HTMLElement | string)[] {
  page.announce(words.noChanges);
  const again = actionButton({
    label: checkAgain,
    busy: checking,
    look: 'link',
    run: async () => {
      const account = await signedIn(page, null, () => page.api.account());
      if (account && differs(account, shown.account)) showChange(page, { ...shown, account });
      else page.announce(words.noChanges);
      return 'done';
    },
  });
  return [`${words.noChanges} ${words.madeOne} `, again];
}
