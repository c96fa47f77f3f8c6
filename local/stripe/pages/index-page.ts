import { type Delivery, newestFirst, type StoredEvent } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { cliDeliveriesOf, deliveriesOf } from '../events/view.ts';
import { type PageAnswer, page } from './answers.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';

const SHOWN = 50;

function result({ state, attempts }: Delivery): string {
  const last = attempts.at(-1);
  const answer = last === undefined ? 'not tried yet' : String(last.status ?? last.note);
  return attempts.length > 1 ? `${state}: ${answer} (${attempts.length} attempts)` : `${state}: ${answer}`;
}

function eventRow(work: Work, event: StoredEvent): Html {
  const deliveries = [...deliveriesOf(work.state, event.id), ...cliDeliveriesOf(work.state, event.id)].map(result);
  return html`<tr>
    <td>${new Date(event.created * 1000).toISOString().slice(0, 19)}Z</td>
    <td>${event.type}</td>
    <td><code>${event.id}</code></td>
    <td>${deliveries.length === 0 ? 'nobody listens' : deliveries.join('; ')}</td>
  </tr>`;
}

const eventTable = (work: Work): Html =>
  html`<section aria-labelledby="events">
    <h2 id="events">Events, newest first</h2>
    <div class="table">
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Event</th>
            <th scope="col">Id</th>
            <th scope="col">Webhooks</th>
          </tr>
        </thead>
        <tbody>
          ${newestFirst(work.state.events)
            .slice(0, SHOWN)
            .map((event) => eventRow(work, event))}
        </tbody>
      </table>
    </div>
  </section>`;

/** `/`: what this is, and what has happened last. */
export function indexPage(work: Work): PageAnswer {
  const { objects } = work.state;
  const body = html`<h1>A simulator of Stripe</h1>
    <p>
      It speaks the part of Stripe's API that subscriptions need, on this machine only. It is not Stripe: nothing here
      reaches a bank.
    </p>
    <section aria-label="Counts">
      <dl>
        <dt>Customers</dt>
        <dd>${objects.customers.size}</dd>
        <dt>Subscriptions</dt>
        <dd>${objects.subscriptions.size}</dd>
        <dt>Webhook endpoints</dt>
        <dd>${objects.webhookEndpoints.size}</dd>
      </dl>
    </section>
    ${eventTable(work)}`;
  return page(200, layout({ title: 'Events', body, wide: true }));
}
