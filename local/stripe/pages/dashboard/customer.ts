import type Stripe from 'stripe';
import type { State } from '../../core/state.ts';
import { formatMoney } from '../../life/money.ts';
import { type PageAnswer, page } from '../answers.ts';
import { type Html, html } from '../html.ts';
import { notFound } from '../not-found.ts';
import { cardSection } from './card.ts';
import { comingSection } from './coming.ts';
import { controls } from './controls.ts';
import type { Desk } from './desk.ts';
import { eventsSection, wishOf } from './events.ts';
import { frame } from './frame.ts';
import { heldSection } from './held.ts';
import { invoicesSection } from './invoices.ts';
import { openLog } from './log.ts';
import { type Life, livesOf } from './time-line/life.ts';
import { lifeSection } from './time-line/section.ts';
import { legend } from './time-line/words.ts';
import { dateOf } from './times.ts';

const nameOf = ({ name, email, id }: Stripe.Customer): string => email ?? name ?? id;

/** What came in, what went back. */
function balanceOf(state: State, customer: string): string {
  const own = [...state.objects.charges.values()].filter((charge) => charge.customer === customer && charge.paid);
  const currency = own[0]?.currency;
  if (currency === undefined) return 'nothing paid yet';
  const sum = (amount: (charge: Stripe.Charge) => number): number =>
    own.filter((charge) => charge.currency === currency).reduce((total, charge) => total + amount(charge), 0);
  const refunded = sum(({ amount_refunded: back }) => back);
  const paid = `${formatMoney(
    sum(({ amount }) => amount),
    currency,
  )} paid`;
  return refunded === 0 ? paid : `${paid}, ${formatMoney(refunded, currency)} given back`;
}

function heading(state: State, customer: Stripe.Customer): Html {
  const { id, name, email, created, delinquent } = customer;
  const facts = [email && name, `since ${dateOf(created)}`, balanceOf(state, id), delinquent && 'payment overdue'];
  return html`<p><a href="/">All customers</a></p>
    <h1>${nameOf(customer)}</h1>
    <p>${facts.filter(Boolean).join(', ')} <code class="note">${id}</code></p>`;
}

function timeLines(lives: readonly Life[], now: number): Html {
  if (lives.length === 0) return html`<section id="part-none"><p>There is no subscription yet.</p></section>`;
  return html`${lives.toReversed().map((life) => lifeSection(life, lives, now))} ${legend(lives)}`;
}

/** `/customers/<id>`: one customer's whole story, and what can be done about it. */
export function customerPage(desk: Desk, id: string, query: URLSearchParams): PageAnswer {
  const { state, now } = desk.work;
  const customer = state.objects.customers.get(id);
  if (customer === undefined) return notFound('There is no such customer, or it was deleted');
  const log = openLog(state);
  const lives = livesOf(state, log, id);
  const body = html`${heading(state, customer)}
    ${controls(
      desk,
      lives.map(({ subscription }) => subscription),
    )}
    ${heldSection(desk)} ${timeLines(lives, now)}
    <div class="columns" id="part-columns">${comingSection(state, id, now)} ${cardSection(state, customer)}</div>
    ${invoicesSection(state, id)} ${eventsSection(state, log, wishOf(query, id))}`;
  return page(200, frame({ title: nameOf(customer), body }));
}
