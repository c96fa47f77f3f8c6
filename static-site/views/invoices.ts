/** Where the invoices will stand, until their own script has come. */
import * as words from '#words/invoices';
import { actionButton } from '../action.ts';
import { el, focusOn, linkButton } from '../dom.ts';
import { signedIn, type Page } from '../page.ts';
import { fillingSection } from './filling.ts';

/** @param due where it is said what is to be paid */
export function invoicesSection(page: Page, due: HTMLElement): HTMLElement {
  const ask = (after: string | null) => signedIn(page, null, () => page.api.invoices(after));
  return fillingSection({
    look: 'invoices',
    label: words.invoices,
    wait: words.fetching,
    failed: words.failed,
    parts: async () => {
      const { invoiceParts } = await import('../invoices.ts');
      return invoiceParts({ el, linkButton, actionButton, focusOn, format: page.format, ask }, due);
    },
  });
}
