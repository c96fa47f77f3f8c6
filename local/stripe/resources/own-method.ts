import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { idOf } from '../life/references.ts';
import { noSuch } from '../wire/errors.ts';

/** A `default_payment_method` that is named must be the customer's own. */
export function ownMethod(work: Work, customer: string, id: string | undefined): Stripe.PaymentMethod | null {
  if (id === undefined) return null;
  const method = work.state.objects.paymentMethods.get(id);
  if (method === undefined || method.customer === null || idOf(method.customer) !== customer) {
    throw noSuch('PaymentMethod', id, 'default_payment_method');
  }
  return method;
}
