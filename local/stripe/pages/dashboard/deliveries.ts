import type { Attempt, Delivery, State } from '../../core/state.ts';
import { deliveryId } from '../../events/deliveries.ts';
import { cliDeliveriesOf, deliveriesOf } from '../../events/view.ts';
import { type Html, html } from '../html.ts';
import { simButton } from './buttons.ts';
import { isoOf, timeOf } from './times.ts';

const STATES = { pending: 'waits', delivered: 'delivered', failed: 'given up' } as const;

const answerOf = ({ status, note, answer }: Attempt): Html =>
  html`${status === null ? note : `${status} ${note}`}${answer && html` <code>${answer}</code>`}`;

const attemptRow = (attempt: Attempt): Html =>
  html`<li>
    <time datetime="${isoOf(attempt.at)}">${timeOf(attempt.at)}</time>${attempt.byHand && ' by hand'}:
    ${answerOf(attempt)}
  </li>`;

function attempts({ attempts: all, event, endpoint }: Delivery): Html | false {
  return (
    all.length > 1 &&
    html`<details id="attempts-${event}-${endpoint}">
      <summary>${all.length} attempts</summary>
      <ol class="attempts">
        ${all.map(attemptRow)}
      </ol>
    </details>`
  );
}

/** Delivers one now, in whatever order, as often as wanted. */
const deliverButton = (state: State, delivery: Delivery): Html =>
  simButton({
    label: delivery.attempts.length === 0 ? 'Deliver now' : 'Deliver again',
    about: state.events.get(delivery.event)?.type ?? delivery.event,
    path: `/_sim/deliveries/${deliveryId(delivery)}`,
    doing: 'Delivering',
  });

function deliveryRow(state: State, delivery: Delivery): Html {
  const last = delivery.attempts.at(-1);
  const to = state.objects.webhookEndpoints.get(delivery.endpoint)?.url ?? 'stripe listen';
  return html`<li class="delivery ${delivery.state}">
    <span>
      <strong>${STATES[delivery.state]}</strong>${last && html`: ${answerOf(last)}`}
      <span class="note">${to}</span>
    </span>
    ${state.objects.webhookEndpoints.has(delivery.endpoint) && deliverButton(state, delivery)} ${attempts(delivery)}
  </li>`;
}

/** Who was told of an event, and what they answered. */
export function deliveriesList(state: State, event: string): Html {
  const all = [...deliveriesOf(state, event), ...cliDeliveriesOf(state, event)];
  if (all.length === 0) return html`<p class="note">nobody listens</p>`;
  return html`<ul class="lines">
    ${all.map((delivery) => deliveryRow(state, delivery))}
  </ul>`;
}
