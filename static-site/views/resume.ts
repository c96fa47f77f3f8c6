/** Back from sign-in with a plan in mind: on to Checkout without another click. */
import { asFault } from '../faults.ts';
import { faultParts, signedIn, waiting, type Page } from '../page.ts';
import { home } from './home.ts';

export async function resumeCheckout(page: Page, plan: string, focus = false): Promise<void> {
  page.show({ title: 'Checkout', parts: [waiting('Taking you to Checkout…')] });
  try {
    const destination = await signedIn(page, plan, () => page.api.checkout(plan));
    // Who turns out to have a subscription did not ask for the billing portal: show what there is.
    if (destination?.kind === 'portal') await home(page, { note: 'You already have a subscription.' });
    else if (destination) page.leaveFor(destination.url);
  } catch (thrown) {
    const retry = (): Promise<void> => resumeCheckout(page, plan, true);
    page.show({ title: 'Checkout', parts: faultParts(page, { fault: asFault(thrown), retry, plan }), focus });
  }
}
