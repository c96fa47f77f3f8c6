/** Where the invoices will stand, until their own script has come. */
import { actionButton } from '../action.ts';
import { el, focusOn, linkButton } from '../dom.ts';
import { signedIn, type Page } from '../page.ts';
import { fillingSection } from './filling.ts';

/** @param due where it is said what is to be paid */
export function invoicesSection(page: Page, due: HTMLElement): HTMLElement {
  const ask = (after: string | null) => signedIn(page, null, () => page.api.invoices(after));
  return fillingSection({
    look: 'invoices',
    label: 'Invoices',
    wait: 'Fetching your invoices…',
    failed: 'Your invoices could not be fetched',
    parts: async () => {
      const { invoiceParts } = await import('../invoices.ts');
      return invoiceParts({ el, linkButton, actionButton, focusOn, format: page.format, ask }, due);
    },
  });
}
