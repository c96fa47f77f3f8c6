import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { endSubscription } from './ending.ts';
import { defaultMethod } from './methods.ts';
import { pause } from './pausing.ts';
import { renew } from './renewing.ts';

/** The end of a period: the next one begins, unless a trial ends with nothing to charge and its settings say otherwise. */
export function periodEnds(work: Work, subscription: Stripe.Subscription): void {
  const missing = subscription.status === 'trialing' && defaultMethod(work.state, subscription) === undefined;
  const behavior = missing ? subscription.trial_settings?.end_behavior.missing_payment_method : undefined;
  if (behavior === 'cancel') endSubscription(work, subscription, null);
  else if (behavior === 'pause') pause(work, subscription);
  else renew(work, subscription);
}
