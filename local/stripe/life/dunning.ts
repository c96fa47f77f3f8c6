import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { endSubscription } from './ending.ts';
import { customerOf, invoicesOf, isLive, subscriptionOf } from './references.ts';

const DAY = 24 * 60 * 60;

/** When a payment that failed `count` times is tried again; null when the account's schedule has no further attempt. Whole seconds. */
export function nextAttempt(work: Work, count: number): number | null {
  const days = work.state.settings.retryAfterDays[count - 1];
  return days === undefined ? null : work.now + days * DAY;
}

/** `delinquent` tells whether the customer's latest invoice was charged in vain. */
function setDelinquent(work: Work, invoice: Stripe.Invoice, delinquent: boolean): void {
  const customer = customerOf(work.state, invoice);
  if (customer !== undefined) work.save('customers', { ...customer, delinquent }, 'customer.updated');
}

const setStatus = (
  work: Work,
  subscription: Stripe.Subscription,
  status: Stripe.Subscription.Status,
): Stripe.Subscription => work.save('subscriptions', { ...subscription, status }, 'customer.subscription.updated');

/** The last retry has failed: what now becomes of the subscription is a setting of the account. */
function giveUp(work: Work, subscription: Stripe.Subscription): void {
  switch (work.state.settings.afterRetries) {
    case 'cancel':
      endSubscription(work, subscription, 'payment_failed');
      break;
    case 'unpaid':
      setStatus(work, subscription, 'unpaid');
      break;
    default:
      setStatus(work, subscription, 'past_due');
  }
}

const OWING = new Set<string>(['active', 'trialing', 'past_due']);

/** What a failed attempt does to customer and subscription. A first payment that fails leaves the subscription `incomplete`. */
export function afterFailure(work: Work, invoice: Stripe.Invoice, { givenUp }: { givenUp: boolean }): void {
  setDelinquent(work, invoice, true);
  const subscription = subscriptionOf(work.state, invoice);
  if (subscription === undefined || !OWING.has(subscription.status)) return;
  if (givenUp) giveUp(work, subscription);
  else setStatus(work, subscription, 'past_due');
}

/** True when no later invoice of the subscription has been opened: it is this one that decides the subscription's status. */
function isLatest(work: Work, invoice: Stripe.Invoice, subscription: Stripe.Subscription): boolean {
  const opened = invoicesOf(work.state, subscription.id).filter(({ status }) => status !== 'draft');
  return opened.at(-1)?.id === invoice.id;
}

const RECOVERING = new Set<string>(['past_due', 'unpaid', 'incomplete', 'paused']);

/** The latest invoice is paid, so the subscription is in order again. */
export function afterPayment(work: Work, invoice: Stripe.Invoice): void {
  setDelinquent(work, invoice, false);
  const subscription = subscriptionOf(work.state, invoice);
  if (subscription === undefined || !isLive(subscription) || !RECOVERING.has(subscription.status)) return;
  if (!isLatest(work, invoice, subscription)) return;
  const active = setStatus(work, subscription, 'active');
  if (subscription.status === 'paused') work.emit('customer.subscription.resumed', active);
}
