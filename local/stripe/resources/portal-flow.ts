import type Stripe from 'stripe';
import { isLive } from '../life/references.ts';
import type { Work } from '../core/work.ts';
import { invalidRequest, missingParam } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { needed, notSupported, object, oneOf, oneOfSupported, type Parsed, text } from '../wire/params.ts';
import { url } from './url.ts';

type Flow = Stripe.BillingPortal.Session.Flow;
type Configuration = Stripe.BillingPortal.Configuration;

/** One thing to do at the portal, and where that leads (a deep link). */
export const flowParams = object({
  type: needed(
    oneOfSupported(
      ['payment_method_update', 'subscription_cancel', 'subscription_update'],
      ['customer_update', 'subscription_pause', 'subscription_update_confirm'],
    ),
  ),
  after_completion: object({
    type: needed(oneOf('hosted_confirmation', 'portal_homepage', 'redirect')),
    redirect: object({ return_url: needed(url) }),
    hosted_confirmation: object({ custom_message: text(500) }),
  }),
  subscription_cancel: object({ subscription: needed(text()), retention: notSupported }),
  subscription_update: object({ subscription: needed(text()) }),
  subscription_pause: notSupported,
  subscription_update_confirm: notSupported,
});
type FlowData = NonNullable<Parsed<{ flow: typeof flowParams }>['flow']>;

const at = (...names: string[]): string => `flow_data${names.map((name) => `[${name}]`).join('')}`;

function afterCompletion({ after_completion: after }: FlowData): Flow['after_completion'] {
  const type = after?.type ?? 'portal_homepage';
  if (type === 'redirect' && after?.redirect === undefined)
    throw missingParam(at('after_completion', 'redirect', 'return_url'));
  const message = after?.hosted_confirmation?.custom_message ?? null;
  return {
    type,
    redirect: type === 'redirect' && after?.redirect ? { return_url: after.redirect.return_url } : null,
    hosted_confirmation: type === 'hosted_confirmation' ? { custom_message: message } : null,
  };
}

/** The customer's own subscription, still to be changed. */
function subscriptionFor(work: Work, customer: string, data: FlowData): string {
  const { type } = data;
  const id = type === 'payment_method_update' ? undefined : data[type]?.subscription;
  const param = at(type, 'subscription');
  if (id === undefined) throw missingParam(param);
  const subscription = find(work, 'subscriptions', id, param);
  if (subscription.customer !== customer)
    throw invalidRequest('The subscription does not belong to the customer.', param);
  if (!isLive(subscription)) throw invalidRequest('This subscription has ended.', param);
  if (type === 'subscription_cancel' && subscription.cancel_at !== null)
    throw invalidRequest('This subscription is already set to be canceled.', param);
  return id;
}

/** What a session's flow is, if it may be: the configuration has the feature, and the subscription is the customer's. */
export function flowOf(work: Work, customer: string, configuration: Configuration, data: FlowData): Flow {
  const { type } = data;
  if (!configuration.features[type].enabled)
    throw invalidRequest(`The configuration does not enable ${type}.`, at('type'));
  const subscription = type === 'payment_method_update' ? null : subscriptionFor(work, customer, data);
  const is = (wanted: FlowData['type']): string | null => (type === wanted ? subscription : null);
  const [canceled, updated] = [is('subscription_cancel'), is('subscription_update')];
  return {
    type,
    after_completion: afterCompletion(data),
    customer_update: null,
    subscription_cancel: canceled === null ? null : { retention: null, subscription: canceled },
    subscription_pause: null,
    subscription_update: updated === null ? null : { subscription: updated },
    subscription_update_confirm: null,
  };
}

/** Where a flow begins, below the session's own address. */
export function flowPath({ subscription_cancel: cancel, subscription_update: update }: Flow): string {
  if (cancel !== null) return `/${cancel.subscription}/cancel`;
  return update === null ? '/card' : `/${update.subscription}/plan`;
}
