import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { endSubscription } from './ending.ts';
import { defaultMethod } from './methods.ts';
import { pause } from './pausing.ts';
import { renew } from './renewing.ts';

/** What becomes of a trial that ends with nothing to charge, when its settings do not want an invoice. */
function missingMethod(work: Work, subscription: Stripe.Subscription): 'cancel' | 'pause' | null {
  const missing = subscription.status === 'trialing' && defaultMethod(work.state, subscription) === undefined;
  const behavior = missing ? subscription.trial_settings?.end_behavior.missing_payment_method : undefined;
  if (behavior === 'cancel') return 'cancel';
  return behavior === 'pause' ? 'pause' : null;
}

/** The end of a period: the next one begins, unless a trial ends with nothing to charge and its settings say otherwise. */
export function periodEnds(work: Work, subscription: Stripe.Subscription): void {
  const behavior = missingMethod(work, subscription);
  if (behavior === 'cancel') endSubscription(work, subscription, null);
  else if (behavior === 'pause') pause(work, subscription);
  else renew(work, subscription);
}

/** A trial that is ended before its time, with nothing to charge; null when it goes on with an invoice as others do. */
export function trialEndsUnpaid(work: Work, subscription: Stripe.Subscription): Stripe.Subscription | null {
  const behavior = missingMethod(work, subscription);
  if (behavior === null) return null;
  const ended: Stripe.Subscription = { ...subscription, trial_end: work.now };
  const after = behavior === 'pause' ? pause(work, ended) : endSubscription(work, ended, null);
  work.emit('customer.subscription.trial_will_end', after);
  return after;
}
