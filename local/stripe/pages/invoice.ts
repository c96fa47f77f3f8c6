import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { collect } from '../life/collecting.ts';
import { formatDate, formatMoney } from '../life/money.ts';
import { customerOf } from '../life/references.ts';
import { intentOfPayment, paymentsOf } from '../resources/invoice-payment.ts';
import { attachCard } from '../resources/payment-methods.ts';
import { type PageAnswer, page, type PageRequest, seeOther } from './answers.ts';
import { cardFields, testCards } from './card-fields.ts';
import { type FieldErrors, tryCard } from './cards.ts';
import { type Html, html } from './html.ts';
import { linesTable } from './invoice-lines.ts';
import { invoicePdf } from './invoice-pdf.ts';
import { layout } from './layout.ts';
import { notFound } from './not-found.ts';
import { readable } from './words.ts';

interface Typed {
  readonly form: URLSearchParams;
  readonly errors: FieldErrors;
  readonly refusal?: string;
}
const NOTHING_TYPED: Typed = { form: new URLSearchParams(), errors: {} };

const challengeOf = (work: Work, invoice: Stripe.Invoice): string | null =>
  intentOfPayment(work.state, paymentsOf(work.state, invoice.id)[0])?.next_action?.redirect_to_url?.url ?? null;

function payForm(work: Work, invoice: Stripe.Invoice, { form, errors, refusal }: Typed): Html | false {
  if (invoice.status !== 'open' || invoice.amount_remaining === 0) return false;
  const faulty = refusal ?? (Object.keys(errors).length > 0 && 'Please look at the fields marked below.');
  const challenge = challengeOf(work, invoice);
  return html`${
      challenge !== null && html`<p class="notice">The bank waits for you: <a href="${challenge}">authenticate</a>.</p>`
    }
    ${faulty && html`<p class="notice" role="alert">${faulty}</p>`}
    <form method="post" novalidate>
      <section aria-label="Payment">
        ${cardFields(form, errors)}
        <button class="main">Pay ${formatMoney(invoice.amount_remaining, invoice.currency)}</button>
      </section>
    </form>
    ${testCards()}`;
}

function shown(work: Work, invoice: Stripe.Invoice, typed: Typed): Html {
  const body = html`<h1>Invoice ${invoice.number}</h1>
    <section aria-label="Invoice">
      <dl>
        <dt>For</dt>
        <dd>${invoice.customer_email}</dd>
        <dt>Date</dt>
        <dd>${formatDate(invoice.effective_at ?? invoice.created)}</dd>
        <dt>Status</dt>
        <dd>${readable(invoice.status ?? '')}</dd>
      </dl>
    </section>
    <section aria-label="Lines">
      ${linesTable(invoice)}
      ${invoice.invoice_pdf && html`<p><a href="${invoice.invoice_pdf}">Download the PDF</a></p>`}
    </section>
    ${payForm(work, invoice, typed)}`;
  return layout({ title: `Invoice ${invoice.number ?? ''}`, body });
}

/** Pays with another card. The card is kept for the customer; what later invoices are charged to stays as it is. */
function pay(work: Work, invoice: Stripe.Invoice, form: URLSearchParams, here: string): PageAnswer {
  const customer = customerOf(work.state, invoice);
  if (invoice.status !== 'open' || customer === undefined) return seeOther(here);
  const outcome = tryCard(form, { charged: false, now: work.accountNow });
  if (outcome.kind === 'invalid') return page(422, shown(work, invoice, { form, errors: outcome.errors }));
  if (outcome.kind === 'declined') {
    return page(402, shown(work, invoice, { form, errors: {}, refusal: outcome.message }));
  }
  const after = collect(work, invoice, { method: attachCard(work, customer, outcome.card) });
  const challenge = challengeOf(work, after);
  if (after.status === 'paid') return seeOther(here);
  if (challenge !== null) return seeOther(challenge);
  return page(402, shown(work, after, { form, errors: {}, refusal: 'Your card was declined.' }));
}

/** `/i/<token>`: an invoice, for whoever has its address; an open one can be paid there. `/i/<token>/pdf` is its file. */
export function invoicePage(work: Work, { method, path, form }: PageRequest): PageAnswer {
  const [token = '', part, ...rest] = path;
  const id = work.state.invoiceTokens.get(token);
  const invoice = id === undefined ? undefined : work.state.objects.invoices.get(id);
  if (invoice === undefined || rest.length > 0) return notFound('There is no such invoice');
  if (part === 'pdf') return { status: 200, pdf: invoicePdf(invoice) };
  if (part !== undefined) return notFound();
  return method === 'POST' ? pay(work, invoice, form, `/i/${token}`) : page(200, shown(work, invoice, NOTHING_TYPED));
}
