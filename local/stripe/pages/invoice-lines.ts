import type Stripe from 'stripe';
import { formatDate, formatMoney } from '../life/money.ts';
import { type Html, html } from './html.ts';

/** What an invoice charges, line by line, and how it adds up. */
export function linesTable(invoice: Stripe.Invoice): Html {
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
