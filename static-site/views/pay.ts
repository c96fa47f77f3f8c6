/** Beside the subscription: a card for later, and what is charged to it. */
import * as words from '#words/pay';
import { actionButton, asFault, el, faultParts, signedIn, waiting } from '../kit.ts';
import type { Page } from '../page.ts';
import { payParts } from '../pay.ts';

/** @param query of the address: the charge that a link named, and the checkout that the visitor comes from */
export async function pay(page: Page, query: URLSearchParams, focus = false): Promise<void> {
  const title = words.payments;
  page.show({ title, parts: [waiting(words.fetching)] });
  const { api, format, leaveFor } = page;
  const session = query.get('session_id');
  const kit = {
    el,
    actionButton,
    format,
    leaveFor,
    charges: api.charges,
    checkout: (charge?: string) => signedIn(page, null, () => (charge ? api.payCharge(charge) : api.saveCard())),
  };
  try {
    const parts = await signedIn(page, null, async () => {
      const came = session ? await api.checkoutSession(session) : null; // before the charges: it brings them up to date
      return payParts(kit, came, query.get('charge'));
    });
    if (parts) page.show({ title, parts, focus });
  } catch (thrown) {
    const retry = (): Promise<void> => pay(page, query, true);
    page.show({ title, parts: faultParts(page, { fault: asFault(thrown), retry }), focus });
  }
}
