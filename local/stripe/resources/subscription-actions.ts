import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { creditUnused, pause, resume } from '../life/pausing.ts';
import { invalidRequest } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { needed, notSupported, object, oneOf, oneOfSupported, type Parsed } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';

const pauseParams = {
  type: oneOf('subscription'),
  bill_for: object({
    unused_time_from: object({ type: needed(oneOfSupported(['now', 'none'], ['item_current_period_start'])) }),
    outstanding_usage_through: notSupported,
  }),
  invoicing_behavior: oneOfSupported(['pending_invoice_item'], ['invoice']),
};
const resumeParams = {
  billing_cycle_anchor: object({ type: needed(oneOfSupported(['now'], ['unchanged'])) }),
  payment_behavior: oneOf('resume_on_payment_attempt', 'resume_on_payment_success'),
  proration_behavior: oneOf('always_invoice', 'create_prorations', 'none'),
  proration_date: notSupported,
};

function pauseNow(work: Work, id: string, params: Parsed<typeof pauseParams>): Stripe.Subscription {
  const subscription = find(work, 'subscriptions', id);
  if (subscription.status !== 'active' && subscription.status !== 'trialing') {
    throw invalidRequest(`A subscription with the status ${subscription.status} cannot be paused.`);
  }
  const credited = subscription.status === 'active' && params.bill_for?.unused_time_from?.type !== 'none';
  if (credited) creditUnused(work, subscription);
  return pause(work, subscription);
}

function resumeNow(work: Work, id: string, params: Parsed<typeof resumeParams>): Stripe.Subscription {
  const subscription = find(work, 'subscriptions', id);
  if (subscription.status !== 'paused') throw invalidRequest('Only paused subscriptions can be resumed.');
  return resume(work, subscription, params.payment_behavior === 'resume_on_payment_success');
}

export const subscriptionActionRoutes: Route[] = [
  route('POST', '/v1/subscriptions/:id/pause', pauseParams, ({ work, id, params }) => pauseNow(work, id, params)),
  route('POST', '/v1/subscriptions/:id/resume', resumeParams, ({ work, id, params }) => resumeNow(work, id, params)),
];
