import type Stripe from 'stripe';
import { idOf } from './subscription.ts';

/** An invoice as its customer is told of it. Times are whole seconds, amounts in the currency's minor unit. */
export interface InvoiceView {
  readonly id: string;
  readonly number: string | null;
  readonly created: number;
  readonly total: number;
  /** What is left to pay. */
  readonly amountDue: number;
  readonly currency: string;
  /** Stripe's: `paid`, `open`, `void` or `uncollectible`. */
  readonly status: string;
  readonly refunded: number;
  readonly disputed: boolean;
  /** The bank wants the customer to confirm the payment (3-D Secure), on the invoice's own page. */
  readonly actionRequired: boolean;
  /** The payment is under way, and takes days (a bank debit). */
  readonly processing: boolean;
  /** When it is tried again; null when it is paid, or when nothing more is tried. */
  readonly nextAttempt: number | null;
  /** Stripe's page of the invoice, where an open one can be paid. */
  readonly hostedUrl: string | null;
  readonly pdfUrl: string | null;
}

/**
 * The invoices that concern the customer: drafts are not finished yet, and have neither number nor page.
 *
 * @param invoices with their `payments`
 * @param intents the payment intents that those name, each with its `latest_charge`; one that is missing tells nothing
 */
export function invoiceViews(
  invoices: readonly Stripe.Invoice[],
  intents: readonly Stripe.PaymentIntent[],
): InvoiceView[] {
  const byId = new Map(intents.map((intent) => [intent.id, intent]));
  return invoices.filter(({ status }) => status !== 'draft').map((invoice) => view(invoice, intentsOf(invoice, byId)));
}

function intentsOf(invoice: Stripe.Invoice, byId: ReadonlyMap<string, Stripe.PaymentIntent>): Stripe.PaymentIntent[] {
  const ids = (invoice.payments?.data ?? []).flatMap(({ payment }) => payment.payment_intent ?? []);
  return ids.flatMap((intent) => byId.get(idOf(intent)) ?? []);
}

function view(invoice: Stripe.Invoice, intents: readonly Stripe.PaymentIntent[]): InvoiceView {
  const charges = intents.map(({ latest_charge }) => latest_charge).filter(isCharge);
  const open = invoice.status === 'open';
  return {
    id: invoice.id,
    number: invoice.number,
    created: invoice.created,
    total: invoice.total,
    amountDue: open ? invoice.amount_remaining : 0,
    currency: invoice.currency,
    status: invoice.status ?? 'unknown',
    refunded: charges.reduce((sum, charge) => sum + charge.amount_refunded, 0),
    disputed: charges.some(({ disputed }) => disputed),
    actionRequired: open && intents.some(({ status }) => status === 'requires_action'),
    processing: open && intents.some(({ status }) => status === 'processing'),
    nextAttempt: open ? invoice.next_payment_attempt : null,
    hostedUrl: invoice.hosted_invoice_url ?? null,
    pdfUrl: invoice.invoice_pdf ?? null,
  };
}

const isCharge = (charge: string | Stripe.Charge | null): charge is Stripe.Charge =>
  charge !== null && typeof charge !== 'string';
