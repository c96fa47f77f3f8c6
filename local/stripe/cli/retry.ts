import type { State, StoredEvent } from '../core/state.ts';
import type { Courier } from '../events/courier.ts';
import { deliveryId } from '../events/deliveries.ts';
import { deliveriesOf, eventView } from '../events/view.ts';
import { noSuch } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { bool, text } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';
import type { CliListeners } from './listeners.ts';

export interface RetrySettings {
  readonly state: State;
  readonly courier: Courier;
  readonly cli: CliListeners;
}

const params = { webhook_endpoint: text(), for_stripecli: bool };

/** Brings an event to an endpoint, also to one that is newer than the event or did not want it: somebody asked. */
function bring({ state, courier }: RetrySettings, event: string, endpoint: string): void {
  const deliveries = state.deliveries.get(event) ?? new Map();
  if (!deliveries.has(endpoint)) deliveries.set(endpoint, { event, endpoint, state: 'pending', attempts: [] });
  state.deliveries.set(event, deliveries);
  void courier.deliver(deliveryId({ event, endpoint }));
}

/**
 * `stripe events resend`: an event once more, to one endpoint, to those who listen by the CLI, or (when neither is named) to
 * all endpoints that were to have it. What goes out is the event as it was, signed anew.
 */
export function retryRoutes(settings: RetrySettings): Route[] {
  const { state, cli } = settings;

  function send(event: StoredEvent, endpoint: string | undefined, toCli: boolean): void {
    if (toCli) cli.resend(event);
    else if (endpoint !== undefined) bring(settings, event.id, endpoint);
    else for (const delivery of deliveriesOf(state, event.id)) bring(settings, event.id, delivery.endpoint);
  }

  return [
    route('POST', '/v1/events/:id/retry', params, ({ work, id, params }) => {
      const event = state.events.get(id);
      if (event === undefined) throw noSuch('event', id);
      const { webhook_endpoint: endpoint, for_stripecli: toCli = false } = params;
      if (endpoint !== undefined) find(work, 'webhookEndpoints', endpoint, 'webhook_endpoint');
      // First the answer, then the event.
      setImmediate(send, event, endpoint, toCli);
      return eventView(state, event);
    }),
  ];
}
