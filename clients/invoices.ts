import type Stripe from 'stripe';
import { invoiceViews, type InvoiceView } from '../billing/invoice.ts';
import { CustomerGone, orCustomerGone } from './customer-gone.ts';
import { isMissing } from './stripe-api.ts';

export interface InvoicePage {
  /** Newest first. */
  readonly invoices: readonly InvoiceView[];
  /** What to ask for the next page with; null when this is the last. */
  readonly next: string | null;
}

/** A year of months. */
const PAGE_SIZE = 12;
/** Stripe makes an invoice's payment intent in the moment it finalises it; seconds to spare. */
const SPARE = 60;

export const NO_INVOICES: InvoicePage = { invoices: [], next: null };

/**
 * A customer's invoices, by two calls: the invoices, and what became of their payments (an invoice says neither that it
 * was refunded or disputed, nor that its payment waits for the customer).
 *
 * @param after the `next` of the page before
 * @returns undefined when there is no such page: the invoice that it was to begin after is none
 */
export async function readInvoices(
  stripe: Stripe,
  customer: string,
  after: string | undefined,
): Promise<InvoicePage | undefined> {
  const cursor = after === undefined ? {} : { starting_after: after };
  try {
    const page = stripe.invoices.list({ customer, limit: PAGE_SIZE, expand: ['data.payments'], ...cursor });
    const { data, has_more: more } = await orCustomerGone(page);
    const invoices = invoiceViews(data, await paymentsOf(stripe, customer, data));
    return { invoices, next: more ? (data.at(-1)?.id ?? null) : null };
  } catch (error) {
    if (error instanceof CustomerGone) return NO_INVOICES;
    if (isMissing(error, 'starting_after')) return undefined;
    throw error;
  }
}

/** The customer's payment intents of the time in which these invoices were finalised: one each, as a rule. */
async function paymentsOf(
  stripe: Stripe,
  customer: string,
  invoices: readonly Stripe.Invoice[],
): Promise<Stripe.PaymentIntent[]> {
  const finalized = invoices.flatMap(({ status_transitions }) => status_transitions.finalized_at ?? []);
  if (finalized.length === 0) return [];
  const created = { gte: Math.min(...finalized) - SPARE, lte: Math.max(...finalized) + SPARE };
  const intents = stripe.paymentIntents.list({ customer, created, limit: 100, expand: ['data.latest_charge'] });
  return (await intents).data;
}
