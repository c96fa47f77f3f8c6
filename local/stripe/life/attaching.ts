import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { invalidRequest, StripeError } from '../wire/errors.ts';
import { idOf } from './references.ts';
import { attachDecline, behaviorOf } from './test-cards.ts';

/** Makes a payment method a customer's. The bank is asked whether the card is good; a card that fails later passes. */
export function attach(work: Work, method: Stripe.PaymentMethod, customer: Stripe.Customer): Stripe.PaymentMethod {
  if (method.customer !== null && idOf(method.customer) === customer.id) return method;
  if (method.customer !== null) {
    throw invalidRequest(
      'The payment method you provided has already been attached to a customer.',
      'payment_method',
      'payment_method_unexpected_state',
    );
  }
  const decline = attachDecline(behaviorOf(method));
  if (decline !== null) throw new StripeError(402, { type: 'card_error', ...decline });
  return work.save('paymentMethods', { ...method, customer: customer.id }, 'payment_method.attached');
}

/** Takes a payment method from its customer; nothing is charged to it any more. */
export function detach(work: Work, method: Stripe.PaymentMethod): Stripe.PaymentMethod {
  if (method.customer === null) {
    throw invalidRequest('The payment method you provided is not attached to a customer so detachment is impossible.');
  }
  for (const subscription of work.state.objects.subscriptions.values()) {
    if (subscription.default_payment_method !== method.id) continue;
    work.save('subscriptions', { ...subscription, default_payment_method: null }, 'customer.subscription.updated');
  }
  const customer = work.state.objects.customers.get(idOf(method.customer));
  if (customer?.invoice_settings.default_payment_method === method.id) {
    const settings = { ...customer.invoice_settings, default_payment_method: null };
    work.save('customers', { ...customer, invoice_settings: settings }, 'customer.updated');
  }
  return work.save('paymentMethods', { ...method, customer: null }, 'payment_method.detached');
}
