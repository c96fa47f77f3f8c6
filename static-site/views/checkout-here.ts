/** Where the page takes the payment itself, at `/checkout?plan=<lookup key>`. */
import { checkout as title, takingYou } from '#words/checkout';
import { alreadySubscribed } from '#words/home';
import { actionButton } from '../action.ts';
import { el } from '../dom.ts';
import { asFault, Fault } from '../faults.ts';
import { per } from '../format.ts';
import { faultParts, signedIn, waiting, type Page } from '../page.ts';
import { home } from './home.ts';

export async function checkoutHere(page: Page, plan: string, focus = false): Promise<void> {
  page.show({ title, parts: [waiting(takingYou)] });
  const open = () => signedIn(page, null, () => page.api.openCheckout(plan));
  const subscriber = (): Promise<void> => home(page, { note: alreadySubscribed });
  try {
    const { payHere } = await script();
    await payHere({ page, el, actionButton, per, open, subscriber }, plan, focus);
  } catch (thrown) {
    const retry = (): Promise<void> => checkoutHere(page, plan, true);
    page.show({ title, parts: faultParts(page, { fault: asFault(thrown), retry }), focus });
  }
}

const script = () =>
  import('../checkout-here.ts').catch((cause: unknown) => {
    throw new Fault('offline', { cause });
  });
