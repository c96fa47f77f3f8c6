import type { CliListeners } from '../cli/listeners.ts';
import type { Delivery, State } from '../core/state.ts';
import type { Courier } from '../events/courier.ts';
import { deliveryId, findCliDelivery, findDelivery } from '../events/deliveries.ts';
import { deliveriesOf } from '../events/view.ts';
import { checkFields, needed, oneOf } from './body.ts';
import { SimError, type SimCall, type SimRoute } from './route.ts';

export interface DeliverySettings {
  readonly state: State;
  readonly courier: Courier;
  readonly cli: CliListeners;
}

/** How many of all deliveries are shown at most, the newest. */
const SHOWN = 500;

const urlOf = ({ objects, cliSessions }: State, id: string): string | null =>
  objects.webhookEndpoints.get(id)?.url ?? cliSessions.get(id)?.forwardsTo ?? null;

/** `hold` keeps webhooks back, also from those who listen by the official CLI; each can then be delivered by hand, in any order and as often as wanted. */
export function deliveryRoutes({ state, courier, cli }: DeliverySettings): SimRoute[] {
  function view(delivery: Delivery): object {
    const id = deliveryId(delivery);
    const event = state.events.get(delivery.event);
    return {
      id,
      event: { id: delivery.event, type: event?.type ?? null, created: event?.created ?? null },
      endpoint: { id: delivery.endpoint, url: urlOf(state, delivery.endpoint) },
      state: delivery.state,
      nextAttempt: courier.isHeld() ? null : (new Map(courier.waiting()).get(id) ?? null),
      attempts: delivery.attempts.map(({ at, status, note, answer = '', byHand = false }) => ({
        at,
        status,
        note,
        answer,
        byHand,
      })),
    };
  }

  const find = (id: string): Delivery | undefined => findDelivery(state, id) ?? findCliDelivery(state, id);

  function held(): Delivery[] {
    const waiting = courier.isHeld() ? courier.waiting().map(([id]) => id) : [];
    return [...waiting, ...cli.held()].flatMap((id) => find(id) ?? []);
  }
  const all = (): Delivery[] => [...state.events.keys()].flatMap((id) => deliveriesOf(state, id)).slice(-SHOWN);
  const mode = (): 'hold' | 'normal' => (courier.isHeld() ? 'hold' : 'normal');

  function list({ query }: SimCall): object {
    const deliveries = query.get('all') === 'true' ? all() : held();
    return { mode: mode(), deliveries: deliveries.map(view) };
  }

  async function change({ body }: SimCall): Promise<object> {
    checkFields(body, ['mode']);
    const hold = needed(oneOf(body, 'mode', ['normal', 'hold']), 'mode', '{"mode": "hold"}') === 'hold';
    courier.hold(hold);
    cli.hold(hold);
    await courier.settle();
    return { mode: mode() };
  }

  async function deliver({ id }: SimCall): Promise<object> {
    if (find(id) === undefined) {
      throw new SimError(
        404,
        'There is no such delivery.',
        'GET /_sim/deliveries lists what is held, ?all=true the others.',
      );
    }
    const toCli = findCliDelivery(state, id) !== undefined;
    if (toCli && !cli.deliver(id)) throw new SimError(409, 'This CLI listens no more.', 'Start stripe listen again.');
    if (!toCli) await courier.deliver(id);
    const delivery = find(id);
    if (delivery === undefined) throw new SimError(409, 'Its endpoint was deleted meanwhile.', 'Run setup again.');
    return view(delivery);
  }

  return [
    { method: 'GET', path: '/_sim/deliveries', answer: list },
    { method: 'POST', path: '/_sim/deliveries/:id', answer: deliver },
    { method: 'POST', path: '/_sim/delivery', answer: change },
    { method: 'GET', path: '/_sim/delivery', answer: () => ({ mode: mode() }) },
  ];
}
