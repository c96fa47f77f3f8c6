import { newestFirst } from '../core/state.ts';
import { find } from '../wire/find.ts';
import { asked, inRange, listParams, pageOf, range } from '../wire/lists.ts';
import { text } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';

const filterParams = { ...listParams, customer: text(), payment_intent: text(), created: range };

export const chargeRoutes: Route[] = [
  route('GET', '/v1/charges/:id', {}, ({ work, id }) => find(work, 'charges', id)),
  route('GET', '/v1/charges', filterParams, ({ work, params }) => {
    const wanted = newestFirst(work.state.objects.charges).filter(
      (charge) =>
        asked<unknown>(charge.customer, params.customer) &&
        asked<unknown>(charge.payment_intent, params.payment_intent) &&
        inRange(charge.created, params.created),
    );
    return pageOf('/v1/charges', wanted, params);
  }),
];
