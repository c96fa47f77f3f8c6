import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { productName } from '../life/invoice-lines.ts';
import { formatDate, formatMoney, formatPrice } from '../life/money.ts';
import { firstItem, idOf, isLive, periodEnd } from '../life/references.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { pricesOffered } from './portal-plan.ts';
import { type Visit, wayBack } from './portal-visit.ts';
import { readable } from './words.ts';

/** What happens next, and when. */
function nextStep(subscription: Stripe.Subscription): { label: string; date: number } {
  if (!isLive(subscription)) return { label: 'Ended on', date: subscription.ended_at ?? subscription.created };
  if (subscription.cancel_at !== null) return { label: 'Ends on', date: subscription.cancel_at };
  const label = subscription.status === 'trialing' ? 'Trial ends, first payment on' : 'Next payment on';
  return { label, date: periodEnd(subscription) };
}

/** "Visa •••• 4242, expires 12/2030": the subscription's own card, or the customer's. */
function cardText(work: Work, { customer }: Visit, subscription: Stripe.Subscription): string {
  const method = subscription.default_payment_method ?? customer.invoice_settings.default_payment_method;
  const found = method === null ? undefined : work.state.objects.paymentMethods.get(idOf(method));
  if (found?.us_bank_account) return `${found.us_bank_account.bank_name} •••• ${found.us_bank_account.last4}`;
  if (found?.card === undefined) return 'None';
  const { brand, last4, exp_month: month, exp_year: year } = found.card;
  return `${readable(brand)} •••• ${last4}, expires ${String(month).padStart(2, '0')}/${year}`;
}

function statusText(subscription: Stripe.Subscription): string {
  if (subscription.status === 'trialing') return 'Trial';
  const paused = subscription.pause_collection !== null && isLive(subscription);
  return paused ? `${readable(subscription.status)}, payments paused` : readable(subscription.status);
}

const button = (action: string, label: string, method: 'get' | 'post'): Html =>
  html`<form method="${method}" action="${action}"><button>${label}</button></form>`;

function actions(work: Work, visit: Visit, subscription: Stripe.Subscription): Html | false {
  if (!isLive(subscription)) return false;
  const at = `${visit.home}/${subscription.id}`;
  const { subscription_cancel: cancel, payment_method_update: card } = visit.configuration.features;
  const ending = subscription.cancel_at !== null;
  const change = pricesOffered(work, visit, subscription).length > 0 && !ending;
  return html`<div class="row">
    ${change && button(`${at}/plan`, 'Change plan', 'get')}
    ${card.enabled && button(`${at}/card`, 'Update payment method', 'get')}
    ${cancel.enabled && !ending && button(`${at}/cancel`, 'Cancel subscription', 'get')}
    ${cancel.enabled && ending && button(`${at}/keep`, "Don't cancel subscription", 'post')}
  </div>`;
}

function subscriptionSection(work: Work, visit: Visit, subscription: Stripe.Subscription): Html {
  const { price } = firstItem(subscription);
  const { label, date } = nextStep(subscription);
  return html`<section aria-labelledby="${subscription.id}">
    <h2 id="${subscription.id}">${productName(work, price)}</h2>
    <dl>
      <dt>Price</dt>
      <dd>${formatPrice(price)}</dd>
      <dt>Status</dt>
      <dd>${statusText(subscription)}</dd>
      <dt>${label}</dt>
      <dd>${formatDate(date)}</dd>
      <dt>Payment method</dt>
      <dd>${cardText(work, visit, subscription)}</dd>
    </dl>
    ${actions(work, visit, subscription)}
  </section>`;
}

function invoiceRow(invoice: Stripe.Invoice): Html {
  const number = invoice.number ?? 'draft';
  const link = invoice.hosted_invoice_url ? html`<a href="${invoice.hosted_invoice_url}">${number}</a>` : number;
  return html`<tr>
    <td>${formatDate(invoice.created)}</td>
    <td>${link}</td>
    <td>${readable(invoice.status ?? 'draft')}</td>
    <td class="amount">${formatMoney(invoice.amount_due, invoice.currency)}</td>
  </tr>`;
}

function invoiceHistory(work: Work, { customer, configuration }: Visit): Html | false {
  const own = [...work.state.objects.invoices.values()].filter((invoice) => invoice.customer === customer.id);
  if (!configuration.features.invoice_history.enabled || own.length === 0) return false;
  return html`<section aria-labelledby="invoices">
    <h2 id="invoices">Invoices</h2>
    <div class="table">
      <table>
        <thead>
          <tr>
            <th scope="col">Date</th>
            <th scope="col">Invoice</th>
            <th scope="col">Status</th>
            <th scope="col" class="amount">Amount</th>
          </tr>
        </thead>
        <tbody>
          ${own.toReversed().map(invoiceRow)}
        </tbody>
      </table>
    </div>
  </section>`;
}

export function portalHome(work: Work, visit: Visit): Html {
  const body = html`<h1>Manage your subscription</h1>
    <p>${visit.customer.email}</p>
    ${visit.subscriptions.length === 0 && html`<p>There is no subscription yet.</p>`}
    ${visit.subscriptions.map((subscription) => subscriptionSection(work, visit, subscription))}
    ${invoiceHistory(work, visit)}
    ${visit.returnUrl !== null && html`<p><a href="${visit.returnUrl}">${wayBack(visit.configuration)}</a></p>`}`;
  return layout({ title: 'Billing portal', body });
}
