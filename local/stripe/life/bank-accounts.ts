import type Stripe from 'stripe';
import { newId } from '../core/ids.ts';
import type { Work } from '../core/work.ts';

/** The test accounts of a bank whose payments take days, by Stripe's own numbers, and what comes of them. */
export const TEST_ACCOUNTS = [
  { number: '000123456789', settles: true, does: 'is debited; the money arrives after four days' },
  {
    number: '000111111116',
    settles: false,
    does: 'is debited in vain: after four days the account turns out to be closed',
  },
] as const;

const last4 = (number: string): string => number.slice(-4);

export const isTestAccount = (number: string): boolean => TEST_ACCOUNTS.some((account) => account.number === number);

/** Whether the money arrives in the end. */
export const settles = (method: Stripe.PaymentMethod | undefined): boolean =>
  TEST_ACCOUNTS.find((account) => last4(account.number) === method?.us_bank_account?.last4)?.settles ?? false;

type Holder = Pick<Stripe.PaymentMethod.BillingDetails, 'email' | 'name'>;

/** A bank account that is nobody's yet; of its number the last four digits are kept. */
export const newAccountMethod = (number: string, { email, name }: Holder, now: number): Stripe.PaymentMethod => ({
  id: newId('pm'),
  object: 'payment_method',
  allow_redisplay: 'limited',
  billing_details: { address: null, email, name, phone: null, tax_id: null },
  created: now,
  customer: null,
  customer_account: null,
  livemode: false,
  metadata: {},
  type: 'us_bank_account',
  us_bank_account: {
    account_holder_type: 'individual',
    account_type: 'checking',
    bank_name: 'STRIPE TEST BANK',
    financial_connections_account: null,
    fingerprint: `simulated${last4(number)}`,
    last4: last4(number),
    networks: { preferred: 'ach', supported: ['ach'] },
    routing_number: '110000000',
    status_details: null,
  },
});

/** Makes a bank account a payment method of a customer. */
export function attachAccount(work: Work, customer: Stripe.Customer, number: string): Stripe.PaymentMethod {
  const method = newAccountMethod(number, { email: customer.email, name: customer.name ?? null }, work.now);
  return work.save('paymentMethods', { ...method, customer: customer.id }, 'payment_method.attached');
}
