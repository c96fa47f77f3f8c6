import type Stripe from 'stripe';
import type { State } from '../core/state.ts';
import { customerOf, idOf } from './references.ts';

type Reference = string | { readonly id: string } | null | undefined;

function firstOf(state: State, candidates: readonly Reference[]): Stripe.PaymentMethod | undefined {
  const chosen = candidates.find((candidate) => candidate !== null && candidate !== undefined);
  return chosen ? state.objects.paymentMethods.get(idOf(chosen)) : undefined;
}

const ofCustomer = (customer: Stripe.Customer | undefined): Reference[] => [
  customer?.invoice_settings.default_payment_method,
  customer?.default_source,
];

/** What a subscription is charged to: its own method, else its customer's. */
export const defaultMethod = (
  state: State,
  subscription: Pick<Stripe.Subscription, 'customer' | 'default_payment_method'>,
): Stripe.PaymentMethod | undefined =>
  firstOf(state, [subscription.default_payment_method, ...ofCustomer(customerOf(state, subscription))]);

/** What an invoice is charged to: its own method, else its subscription's, else its customer's. */
export const invoiceMethod = (
  state: State,
  invoice: Stripe.Invoice,
  subscription: Stripe.Subscription | undefined,
): Stripe.PaymentMethod | undefined =>
  firstOf(state, [
    invoice.default_payment_method,
    subscription?.default_payment_method,
    ...ofCustomer(customerOf(state, invoice)),
  ]);
