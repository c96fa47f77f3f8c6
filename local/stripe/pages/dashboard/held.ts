import type { Delivery, State } from '../../core/state.ts';
import { findDelivery } from '../../events/deliveries.ts';
import { type Html, html } from '../html.ts';
import { simButton } from './buttons.ts';
import type { Desk } from './desk.ts';
import { customerOfEvent } from './log.ts';
import { timeOf } from './times.ts';

const SHOWN = 50;

function row(state: State, id: string, { event: eventId }: Delivery): Html {
  const event = state.events.get(eventId);
  if (event === undefined) return html``;
  const customer = state.objects.customers.get(customerOfEvent(state, event) ?? '');
  return html`<li id="held-${id}">
    <span>
      <a href="/events/${eventId}"><code>${event.type}</code></a>
      <span class="note">${timeOf(event.created)} ${customer?.email ?? customer?.id}</span>
    </span>
    ${simButton({ label: 'Deliver now', about: event.type, path: `/_sim/deliveries/${id}`, doing: 'Delivering' })}
  </li>`;
}

/** What is held back, in the order in which it came; any of it can go first. */
export function heldSection({ work: { state }, held }: Desk): Html | false {
  if (held === null || held.length === 0) return false;
  const shown = held.slice(0, SHOWN);
  return html`<section id="part-held" aria-labelledby="held">
    <h2 id="held">Held webhooks: ${held.length}</h2>
    <p class="note">In the order in which they came. Deliver any of them first, or any of them twice.</p>
    <ol class="lines">
      ${shown.map((id) => {
        const delivery = findDelivery(state, id);
        return delivery === undefined ? html`` : row(state, id, delivery);
      })}
    </ol>
    ${held.length > SHOWN && html`<p class="note">And ${held.length - SHOWN} more.</p>`}
  </section>`;
}
