import type Stripe from 'stripe';
import { newId } from '../core/ids.ts';
import type { Work } from '../core/work.ts';

const DAY = 24 * 60 * 60;

/** The test accounts of a bank whose payments take days, by Stripe's own numbers, and what comes of them. */
export const TEST_ACCOUNTS = [
  { number: '000123456789', settles: true, does: 'is debited; the money arrives after four days' },
  {
    number: '000111111116',
    settles: false,
    does: 'is debited in vain: after four days the account turns out to be closed',
  },
] as const;

/** Those of SEPA direct debit: with these, as with Stripe, nobody waits. */
const TEST_IBANS = [
  { number: 'AT611904300234573201', settles: true },
  { number: 'AT861904300235473202', settles: false },
  { number: 'IT60X0542811101000000123456', settles: false },
] as const;

const last4 = (number: string): string => number.slice(-4);

export const isTestAccount = (number: string): boolean => TEST_ACCOUNTS.some((account) => account.number === number);
export const isTestIban = (iban: string): boolean => TEST_IBANS.some((account) => account.number === iban);

/** How long it takes until the bank says what came of a debit, in seconds; null for a method that is charged at once. */
export function settlesAfter(method: Stripe.PaymentMethod): number | null {
  if (method.us_bank_account) return 4 * DAY;
  return method.sepa_debit ? 0 : null;
}

/** Whether the money arrives in the end. */
export function settles(method: Stripe.PaymentMethod | undefined): boolean {
  const accounts = method?.sepa_debit ? TEST_IBANS : TEST_ACCOUNTS;
  const end = method?.sepa_debit?.last4 ?? method?.us_bank_account?.last4;
  return accounts.some((account) => account.settles && last4(account.number) === end);
}

type Holder = Pick<Stripe.PaymentMethod.BillingDetails, 'email' | 'name'>;

const newMethod = ({ email, name }: Holder, now: number) =>
  ({
    id: newId('pm'),
    object: 'payment_method',
    allow_redisplay: 'limited',
    billing_details: { address: null, email, name, phone: null, tax_id: null },
    created: now,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
  }) satisfies Partial<Stripe.PaymentMethod>;

/** A bank account that is nobody's yet; of its number the last four digits are kept. */
export const newAccountMethod = (number: string, holder: Holder, now: number): Stripe.PaymentMethod => ({
  ...newMethod(holder, now),
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

/** An account for SEPA direct debit that is nobody's yet; of its IBAN the country and the last four digits are kept. */
export const newIbanMethod = (iban: string, now: number): Stripe.PaymentMethod => ({
  ...newMethod({ email: null, name: null }, now),
  type: 'sepa_debit',
  sepa_debit: {
    bank_code: null,
    branch_code: null,
    country: iban.slice(0, 2),
    fingerprint: `simulated${last4(iban)}`,
    generated_from: null,
    last4: last4(iban),
  },
});

/** Makes a bank account a payment method of a customer. */
export function attachAccount(work: Work, customer: Stripe.Customer, number: string): Stripe.PaymentMethod {
  const method = newAccountMethod(number, { email: customer.email, name: customer.name ?? null }, work.accountNow);
  return work.save('paymentMethods', { ...method, customer: customer.id }, 'payment_method.attached');
}
