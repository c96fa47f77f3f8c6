import { newestFirst, type StoredEvent } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { deliverySuccess, eventView } from '../events/view.ts';
import { invalidRequest, noSuch } from '../wire/errors.ts';
import { inRange, listParams, pageOf, range } from '../wire/lists.ts';
import { bool, list, type Parsed, text } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';

const filterParams = { ...listParams, type: text(), types: list(text(), 20), created: range, delivery_success: bool };

/** `customer.subscription.*` is a group of events. */
const isOfType = (type: string, wanted: string): boolean =>
  wanted.endsWith('*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted;

function matches(work: Work, event: StoredEvent, params: Parsed<typeof filterParams>): boolean {
  return (
    (params.type === undefined || isOfType(event.type, params.type)) &&
    (params.types === undefined || params.types.some((type) => type === event.type)) &&
    inRange(event.created, params.created) &&
    (params.delivery_success === undefined || deliverySuccess(work.state, event.id) === params.delivery_success)
  );
}

export const eventRoutes: Route[] = [
  route('GET', '/v1/events/:id', {}, ({ work, id }) => {
    const event = work.state.events.get(id);
    if (event === undefined) throw noSuch('event', id);
    return eventView(work.state, event);
  }),
  route('GET', '/v1/events', filterParams, ({ work, params }) => {
    if (params.type !== undefined && params.types !== undefined) {
      throw invalidRequest('You may only specify one of these parameters: type, types.', 'types');
    }
    const wanted = newestFirst(work.state.events).filter((event) => matches(work, event, params));
    const page = pageOf('/v1/events', wanted, params);
    return { ...page, data: page.data.map((event) => eventView(work.state, event)) };
  }),
];
