import type Stripe from 'stripe';
import { newestFirst } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { onClock } from '../life/clock-members.ts';
import { endSubscription, NO_DETAILS } from '../life/ending.ts';
import { isLive } from '../life/references.ts';
import { invalidRequest, noSuch } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { asked, inRange, listParams, pageOf, range } from '../wire/lists.ts';
import { bool, object, oneOf, type Parsed, text } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';
import { cancellationDetails, updateParams, updateSubscription } from './subscription-update.ts';

const STATUSES = [
  'active',
  'canceled',
  'incomplete',
  'incomplete_expired',
  'past_due',
  'paused',
  'trialing',
  'unpaid',
] as const;

const filterParams = {
  ...listParams,
  customer: text(),
  price: text(),
  status: oneOf(...STATUSES, 'all', 'ended'),
  test_clock: text(),
  collection_method: oneOf('charge_automatically', 'send_invoice'),
  created: range,
  current_period_start: range,
  current_period_end: range,
};

const cancelParams = { cancellation_details: object(cancellationDetails), invoice_now: bool, prorate: bool };

/** Without a status those that were canceled are left out; `all` has them too. */
function hasStatus(subscription: Stripe.Subscription, wanted: Parsed<typeof filterParams>['status']): boolean {
  if (wanted === undefined) return subscription.status !== 'canceled';
  if (wanted === 'all') return true;
  return wanted === 'ended' ? !isLive(subscription) : subscription.status === wanted;
}

function matches(subscription: Stripe.Subscription, params: Parsed<typeof filterParams>): boolean {
  const items = subscription.items.data;
  const inSight =
    params.customer === undefined || params.test_clock !== undefined ? onClock(subscription, params) : true;
  return (
    inSight &&
    hasStatus(subscription, params.status) &&
    asked<unknown>(subscription.customer, params.customer) &&
    asked<string>(subscription.collection_method, params.collection_method) &&
    (params.price === undefined || items.some((item) => item.price.id === params.price)) &&
    inRange(subscription.created, params.created) &&
    items.some((item) => inRange(item.current_period_start, params.current_period_start)) &&
    items.some((item) => inRange(item.current_period_end, params.current_period_end))
  );
}

function cancel(work: Work, id: string, params: Parsed<typeof cancelParams>): Stripe.Subscription {
  const subscription = find(work, 'subscriptions', id);
  // Stripe answers as if it had never been: a second cancellation is a 404.
  if (!isLive(subscription)) throw noSuch('subscription', id);
  if (params.invoice_now === true || params.prorate === true) {
    throw invalidRequest('The Stripe simulator does not prorate a cancellation.', 'prorate');
  }
  const { comment = null, feedback = null } = params.cancellation_details ?? {};
  const details = { ...NO_DETAILS, comment, feedback };
  return endSubscription(work, { ...subscription, cancellation_details: details }, 'cancellation_requested');
}

export const subscriptionRoutes: Route[] = [
  route('GET', '/v1/subscriptions/:id', {}, ({ work, id }) => find(work, 'subscriptions', id)),
  route('POST', '/v1/subscriptions/:id', updateParams, ({ work, id, params }) => updateSubscription(work, id, params)),
  route('DELETE', '/v1/subscriptions/:id', cancelParams, ({ work, id, params }) => cancel(work, id, params)),
  route('GET', '/v1/subscriptions', filterParams, ({ work, params }) => {
    if (params.customer !== undefined && !work.state.deletedCustomers.has(params.customer)) {
      find(work, 'customers', params.customer, 'customer');
    }
    const wanted = newestFirst(work.state.objects.subscriptions).filter((one) => matches(one, params));
    return pageOf('/v1/subscriptions', wanted, params);
  }),
];
