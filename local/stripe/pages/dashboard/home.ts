import type Stripe from 'stripe';
import { newestFirst, type State } from '../../core/state.ts';
import { clockOf } from '../../life/test-clocks.ts';
import { type PageAnswer, page } from '../answers.ts';
import { type Html, html } from '../html.ts';
import { controls } from './controls.ts';
import type { Desk } from './desk.ts';
import { eventsSection, wishOf } from './events.ts';
import { frame } from './frame.ts';
import { heldSection } from './held.ts';
import { type Log, openLog } from './log.ts';
import { type Life, livesOf } from './time-line/life.ts';
import { picture } from './time-line/section.ts';
import { legend, summaryOf } from './time-line/words.ts';

const STEP = 20;

interface Shown {
  /** What time it is for this customer. */
  readonly now: number;
  readonly customer: Stripe.Customer;
  readonly lives: readonly Life[];
}

const matches = ({ id, email, name }: Stripe.Customer, text: string): boolean =>
  [id, email, name].some((field) => field?.toLowerCase().includes(text.toLowerCase()));

function lifeOf(life: Life, lives: readonly Life[], now: number): Html {
  return html`<div class="life">
    <p><strong>${life.plan}</strong>: ${summaryOf(life)}</p>
    ${picture(life, lives, now)}
  </div>`;
}

const customerRow = ({ customer, lives, now }: Shown): Html =>
  html`<li id="${customer.id}">
    <h3><a href="/customers/${customer.id}">${customer.email ?? customer.name ?? customer.id}</a></h3>
    ${lives.length === 0 && html`<p class="note">No subscription yet.</p>`}
    ${lives.toReversed().map((life) => lifeOf(life, lives, now))}
  </li>`;

const search = (text: string): Html =>
  html`<form class="filter" method="get" role="search">
    <label for="q">Find</label>
    <input type="text" id="q" name="q" value="${text}" maxlength="200" placeholder="email, name or id" />
    <button>Find</button>
  </form>`;

function customersSection(state: State, log: Log, query: URLSearchParams, now: number): Html {
  const text = (query.get('q') ?? '').slice(0, 200);
  const count = Number(query.get('customers') ?? STEP);
  const limit = Number.isInteger(count) && count > 0 ? Math.min(count, 200) : STEP;
  const found = newestFirst(state.objects.customers).filter((customer) => matches(customer, text));
  const shown = found.slice(0, limit).map((customer) => ({
    customer,
    lives: livesOf(state, log, customer.id),
    now: clockOf(state, [customer.id])?.frozen_time ?? now,
  }));
  const more = new URLSearchParams({ ...(text !== '' && { q: text }), customers: String(limit + STEP) }).toString();
  return html`<section id="part-customers" aria-labelledby="customers">
    <h2 id="customers">Customers</h2>
    ${(found.length > STEP || text !== '') && search(text)}
    ${found.length === 0 && html`<p>${text === '' ? 'None yet: subscribe to something in the shop.' : 'None like that.'}</p>`}
    <ol class="customers">
      ${shown.map(customerRow)}
    </ol>
    ${found.length > limit && html`<p><a href="?${more}">Show more</a> <span class="note">${limit} of ${found.length}</span></p>`}
    ${legend(shown.flatMap(({ lives }) => lives))}
  </section>`;
}

/** `/`: who there is, how it goes with each of them, and what has happened last. */
export function homePage(desk: Desk, query: URLSearchParams): PageAnswer {
  const { state, now } = desk.work;
  const log = openLog(state);
  const body = html`<h1>A simulator of Stripe</h1>
    <p>
      It speaks the part of Stripe's API that subscriptions need, on this machine only. Let time pass here, and see what
      becomes of each subscription.
    </p>
    ${controls(desk, [...state.objects.subscriptions.values()])} ${heldSection(desk)}
    ${customersSection(state, log, query, now)} ${eventsSection(state, log, wishOf(query, null))}`;
  return page(200, frame({ title: 'Dashboard', body }));
}
