/** Where the invoices will stand, and what is known with them, until they have come. */
import * as words from '#words/invoices';
import type { Account } from '../contract.ts';
import { invoiceParts } from '../invoices.ts';
import { actionButton, el, focusOn, ghost, isLive, linkButton, signedIn } from '../kit.ts';
import type { Page } from '../page.ts';
import { fillingSection } from './filling.ts';

/** What the account's view shows, and only the invoices tell. */
export interface BillingPlaces {
  /** What is to be paid, if anything. */
  readonly due: HTMLElement;
  /** The card that the next invoice is charged to. */
  readonly card: HTMLElement;
  /** When that is, in seconds; null when nothing is going to be charged, or nobody knows when. */
  readonly nextCharge: number | null;
  /** Whether the subscription names a way of paying. */
  readonly hasMethod: boolean;
  /** Null for those who have none. */
  readonly invoices: HTMLElement | null;
}

export function billingPlaces(page: Page, account: Account | null): BillingPlaces {
  const due = el('div', { class: 'due' });
  const card = el('div', {});
  const places = {
    due,
    card,
    nextCharge: nextCharge(account),
    hasMethod: account?.subscription?.hasPaymentMethod ?? false,
  };
  if (!account?.customer || !account.subscription) return { ...places, invoices: null };
  card.append(ghost(), ghost('short'));
  if (owes.has(account.access.reason)) due.append(ghost(), ghost('button'));
  return { ...places, invoices: invoicesSection(page, places) };
}

const owes = new Set(['past_due_grace', 'past_due', 'unpaid']);

function nextCharge(account: Account | null): number | null {
  if (!isLive(account) || account?.access.reason === 'canceling') return null;
  return account?.subscription?.currentPeriodEnd ?? null;
}

function invoicesSection(page: Page, places: Omit<BillingPlaces, 'invoices'>): HTMLElement {
  const ask = (after: string | null) => signedIn(page, null, () => page.api.invoices(after));
  return fillingSection({
    look: 'invoices',
    label: words.invoices,
    wait: words.fetching,
    failed: words.failed,
    lines: 3,
    parts: async () => {
      try {
        return await invoiceParts({ el, linkButton, actionButton, focusOn, format: page.format, ask }, places);
      } catch (thrown) {
        for (const place of [places.due, places.card]) place.replaceChildren();
        throw thrown;
      }
    },
  });
}
