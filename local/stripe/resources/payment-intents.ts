import { newestFirst } from '../core/state.ts';
import { find } from '../wire/find.ts';
import { asked, inRange, listParams, pageOf, range } from '../wire/lists.ts';
import { text } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';

const filterParams = { ...listParams, customer: text(), created: range };

export const paymentIntentRoutes: Route[] = [
  route('GET', '/v1/payment_intents/:id', { client_secret: text() }, ({ work, id }) =>
    find(work, 'paymentIntents', id),
  ),
  route('GET', '/v1/payment_intents', filterParams, ({ work, params }) => {
    const wanted = newestFirst(work.state.objects.paymentIntents).filter(
      (intent) => asked<unknown>(intent.customer, params.customer) && inRange(intent.created, params.created),
    );
    return pageOf('/v1/payment_intents', wanted, params);
  }),
];
