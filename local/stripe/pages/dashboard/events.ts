import { newestFirst, type State, type StoredEvent } from '../../core/state.ts';
import { type Html, html } from '../html.ts';
import { deliveriesList } from './deliveries.ts';
import { customerOfEvent, type Log } from './log.ts';
import { isoOf, timeOf } from './times.ts';

const STEP = 100;
const MOST = 1000;

/** What a list of events was asked to show: by the page's query. */
export interface Wish {
  /** Null for anybody's. */
  readonly customer: string | null;
  /** A type, or its beginning; empty for any. */
  readonly type: string;
  readonly shown: number;
}

export function wishOf(query: URLSearchParams, customer: string | null): Wish {
  const shown = Number(query.get('shown') ?? STEP);
  return {
    customer,
    type: (query.get('type') ?? '').slice(0, 100),
    shown: Number.isInteger(shown) && shown > 0 ? Math.min(shown, MOST) : STEP,
  };
}

const whoseOwn = (state: State, log: Log, { customer }: Wish): readonly StoredEvent[] =>
  customer === null ? newestFirst(state.events) : log.of(customer).toReversed();

function whose(state: State, event: StoredEvent): Html | false {
  const customer = state.objects.customers.get(customerOfEvent(state, event) ?? '');
  return customer !== undefined && html` <a href="/customers/${customer.id}">${customer.email ?? customer.id}</a>`;
}

/** The payload is fetched when it is unfolded: a hundred of them would be a megabyte. */
const eventRow = (state: State, event: StoredEvent, { customer }: Wish): Html =>
  html`<li id="${event.id}" class="event">
    <p class="what">
      <time datetime="${isoOf(event.created)}">${timeOf(event.created)}</time>
      <strong><code>${event.type}</code></strong
      >${customer === null && whose(state, event)}
    </p>
    ${deliveriesList(state, event.id)}
    <details id="payload-${event.id}" data-payload="/events/${event.id}">
      <summary>JSON</summary>
      <div data-own><a href="/events/${event.id}">${event.id}</a></div>
    </details>
  </li>`;

const typesOf = (events: readonly StoredEvent[]): string[] =>
  [...new Set(events.map(({ type }) => type))].toSorted((a, b) => a.localeCompare(b));

const filter = (events: readonly StoredEvent[], { type }: Wish): Html =>
  html`<form class="filter" method="get" action="#events">
    <label for="type">Type</label>
    <select id="type" name="type">
      <option value="">all</option>
      ${typesOf(events).map((one) => html`<option value="${one}" ${one === type && html`selected`}>${one}</option>`)}
    </select>
    <button>Show</button>
  </form>`;

function more({ type, shown }: Wish, count: number): Html | false {
  if (count <= shown) return false;
  if (shown >= MOST) return html`<p class="note">The newest ${MOST} of ${count}; GET /v1/events has them all.</p>`;
  const query = new URLSearchParams({ ...(type !== '' && { type }), shown: String(shown + STEP) }).toString();
  return html`<p><a href="?${query}#${'events'}">Show more</a> <span class="note">${shown} of ${count}</span></p>`;
}

/** Events, newest first, with what became of their webhooks. */
export function eventsSection(state: State, log: Log, wish: Wish): Html {
  const own = whoseOwn(state, log, wish);
  const all = own.filter(({ type }) => type.startsWith(wish.type));
  return html`<section id="part-events" aria-labelledby="events">
    <h2 id="events">Events</h2>
    ${filter(own, wish)} ${all.length === 0 && html`<p>None yet.</p>`}
    <ol class="events">
      ${all.slice(0, wish.shown).map((event) => eventRow(state, event, wish))}
    </ol>
    ${more(wish, all.length)}
  </section>`;
}
