import type Stripe from 'stripe';
import { newestFirst, type State } from '../../core/state.ts';
import { formatMoney } from '../../life/money.ts';
import { type Html, html } from '../html.ts';
import { readable } from '../words.ts';
import { dateOf, isoOf } from './times.ts';

const SHOWN = 100;

function statusOf({ status, attempt_count: attempts, amount_due: due }: Stripe.Invoice): string {
  const tried = attempts > 1 || (attempts === 1 && status !== 'paid') ? `, ${attempts} attempted` : '';
  return `${readable(status ?? 'draft')}${status === 'paid' && due === 0 ? ', nothing due' : tried}`;
}

const link = (href: string | null | undefined, words: string): Html | false =>
  typeof href === 'string' && html`<a href="${href}">${words}</a>`;

const row = (invoice: Stripe.Invoice): Html =>
  html`<tr id="${invoice.id}">
    <td><time datetime="${isoOf(invoice.created)}">${dateOf(invoice.created)}</time></td>
    <td>${link(invoice.hosted_invoice_url, invoice.number ?? invoice.id) || 'Draft'}</td>
    <td>${statusOf(invoice)}</td>
    <td class="amount">${formatMoney(invoice.amount_due, invoice.currency)}</td>
    <td>${link(invoice.invoice_pdf, 'PDF')}</td>
  </tr>`;

/** A customer's invoices, newest first. An open one can be paid on its page. */
export function invoicesSection(state: State, customer: string): Html {
  const own = newestFirst(state.objects.invoices).filter((invoice) => invoice.customer === customer);
  if (own.length === 0) return html``;
  return html`<section id="part-invoices" aria-labelledby="invoices">
    <h2 id="invoices">Invoices</h2>
    <div class="table">
      <table>
        <thead>
          <tr>
            <th scope="col">Date</th>
            <th scope="col">Invoice</th>
            <th scope="col">Status</th>
            <th scope="col" class="amount">Amount</th>
            <th scope="col"><span class="unseen">File</span></th>
          </tr>
        </thead>
        <tbody>
          ${own.slice(0, SHOWN).map(row)}
        </tbody>
      </table>
    </div>
    ${own.length > SHOWN && html`<p class="note">The newest ${SHOWN} of ${own.length}; GET /v1/invoices has them all.</p>`}
  </section>`;
}
