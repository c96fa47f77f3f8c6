import type Stripe from 'stripe';
import type { KeptCard } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { attachCard } from '../resources/payment-methods.ts';
import { idOf, customerOf } from './references.ts';
import { confirmSetup } from './setting-up.ts';

/** The customer has given a card for later. It is kept; nothing makes it the default of anything, as with Stripe. */
export function completeSetup(
  work: Work,
  session: Stripe.Checkout.Session,
  { card, authenticated }: { readonly card: KeptCard; readonly authenticated: boolean },
): Stripe.Checkout.Session {
  const customer = customerOf(work.state, session);
  const intent =
    session.setup_intent === null ? undefined : work.state.objects.setupIntents.get(idOf(session.setup_intent));
  if (customer === undefined || intent === undefined)
    throw new Error(`session ${session.id} has nobody to keep a card for`);
  const method = attachCard(work, customer, card);
  if (authenticated) work.state.authenticatedMethods.add(method.id);
  confirmSetup(work, intent, { method, authenticated });
  return work.save('checkoutSessions', { ...session, status: 'complete', url: null }, 'checkout.session.completed');
}
