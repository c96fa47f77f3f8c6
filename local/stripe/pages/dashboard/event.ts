import { eventView } from '../../events/view.ts';
import { type PageAnswer, page } from '../answers.ts';
import { html } from '../html.ts';
import { notFound } from '../not-found.ts';
import { deliveriesList } from './deliveries.ts';
import type { Desk } from './desk.ts';
import { frame } from './frame.ts';
import { customerOfEvent } from './log.ts';
import { isoOf, timeOf } from './times.ts';

/** `/events/<id>`: one event, as its webhooks tell it. */
export function eventPage(desk: Desk, id: string): PageAnswer {
  const { state } = desk.work;
  const event = state.events.get(id);
  if (event === undefined) return notFound('There is no such event');
  const customer = state.objects.customers.get(customerOfEvent(state, event) ?? '');
  const body = html`<p>
      <a href="/">All customers</a>
      ${customer !== undefined && html`› <a href="/customers/${customer.id}">${customer.email ?? customer.id}</a>`}
    </p>
    <h1>${event.type}</h1>
    <p><time datetime="${isoOf(event.created)}">${timeOf(event.created)}</time> <code>${event.id}</code></p>
    <section aria-labelledby="deliveries">
      <h2 id="deliveries">Webhooks</h2>
      ${deliveriesList(state, id)}
    </section>
    <section aria-labelledby="payload">
      <h2 id="payload">Payload</h2>
      <pre class="payload" tabindex="0">${JSON.stringify(eventView(state, event), null, 2)}</pre>
    </section>`;
  return page(200, frame({ title: event.type, body }));
}
