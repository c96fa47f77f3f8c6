import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { formatDate, formatMoney } from '../life/money.ts';
import { type PageAnswer, page, type PageRequest } from './answers.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { notFound } from './not-found.ts';

function linesTable(invoice: Stripe.Invoice): Html {
  const { currency } = invoice;
  const balance = (invoice.starting_balance ?? 0) === 0 ? 0 : invoice.amount_due - invoice.total;
  return html`<div class="table">
    <table>
      <thead>
        <tr>
          <th scope="col">Description</th>
          <th scope="col">Period</th>
          <th scope="col" class="amount">Amount</th>
        </tr>
      </thead>
      <tbody>
        ${invoice.lines.data.map(
          (line) =>
            html`<tr>
              <td>${line.description}</td>
              <td>${formatDate(line.period.start)} to ${formatDate(line.period.end)}</td>
              <td class="amount">${formatMoney(line.amount, currency)}</td>
            </tr>`,
        )}
      </tbody>
      <tfoot>
        ${amountRow('Total', invoice.total, currency)}
        ${balance !== 0 && amountRow('From or to the balance', balance, currency)}
        ${amountRow('Amount due', invoice.amount_due, currency)} ${amountRow('Paid', invoice.amount_paid, currency)}
      </tfoot>
    </table>
  </div>`;
}

const amountRow = (label: string, amount: number, currency: string): Html =>
  html`<tr>
    <th scope="row" colspan="2">${label}</th>
    <td class="amount">${formatMoney(amount, currency)}</td>
  </tr>`;

/** `/i/<token>`: an invoice, for whoever has its address. */
export function invoicePage(work: Work, { method, path }: PageRequest): PageAnswer {
  const id = work.state.invoiceTokens.get(path[0] ?? '');
  const invoice = id === undefined ? undefined : work.state.objects.invoices.get(id);
  if (invoice === undefined || path.length !== 1 || method !== 'GET') return notFound('There is no such invoice');
  const body = html`<h1>Invoice ${invoice.number}</h1>
    <section aria-label="Invoice">
      <dl>
        <dt>For</dt>
        <dd>${invoice.customer_email}</dd>
        <dt>Date</dt>
        <dd>${formatDate(invoice.effective_at ?? invoice.created)}</dd>
        <dt>Status</dt>
        <dd>${invoice.status}</dd>
      </dl>
    </section>
    <section aria-label="Lines">${linesTable(invoice)}</section>`;
  return page(200, layout({ title: `Invoice ${invoice.number ?? ''}`, body }));
}
