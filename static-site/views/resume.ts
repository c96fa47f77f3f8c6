/** Back from sign-in with a plan in mind: on to Checkout without another click. */
import * as words from '#words/checkout';
import { alreadySubscribed } from '#words/home';
import { asFault } from '../faults.ts';
import { faultParts, signedIn, waiting, type Page } from '../page.ts';
import { home } from './home.ts';

export async function resumeCheckout(page: Page, plan: string, focus = false): Promise<void> {
  page.show({ title: words.checkout, parts: [waiting(words.takingYou)] });
  try {
    const destination = await signedIn(page, plan, () => page.api.checkout(plan));
    // Who turns out to have a subscription did not ask for the billing portal: show what there is.
    if (destination?.kind === 'portal') await home(page, { note: alreadySubscribed });
    else if (destination) page.leaveFor(destination.url);
  } catch (thrown) {
    const retry = (): Promise<void> => resumeCheckout(page, plan, true);
    page.show({ title: words.checkout, parts: faultParts(page, { fault: asFault(thrown), retry, plan }), focus });
  }
}
