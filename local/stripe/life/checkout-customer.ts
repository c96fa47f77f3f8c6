import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { createCustomer } from '../resources/customers.ts';
import { idOf } from './references.ts';

/** Who pays: what was typed into the page. */
export interface Payer {
  readonly email: string;
  readonly name: string | null;
}

/** The customer of a session, with the name that was typed where the session is to keep it; undefined when it has none yet. */
export function knownCustomer(
  work: Work,
  session: Stripe.Checkout.Session,
  { name }: Payer,
): Stripe.Customer | undefined {
  const known = session.customer === null ? undefined : work.state.objects.customers.get(idOf(session.customer));
  const keepName = work.state.orders.get(session.id)?.keepName === true;
  if (known === undefined || !keepName || name === null) return known;
  return work.save('customers', { ...known, name }, 'customer.updated');
}

export const customerFor = (work: Work, session: Stripe.Checkout.Session, payer: Payer): Stripe.Customer =>
  knownCustomer(work, session, payer) ?? createCustomer(work, { email: payer.email, name: payer.name });
