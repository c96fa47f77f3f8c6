import type { SubscriptionRecord, SubscriptionStatus } from './subscription.ts';

const DAY = 86_400;

export interface AccessPolicy {
  /** How many days a customer keeps access after a renewal was not paid. */
  readonly graceDays: number;
}

export type AccessReason = SubscriptionStatus | 'canceling' | 'past_due_grace' | 'no_subscription';

export interface Access {
  readonly allowed: boolean;
  readonly reason: AccessReason;
  /** When access ends if nothing else happens, in seconds; null when open-ended or not given. */
  readonly until: number | null;
}

export interface Decision extends Access {
  /** The subscription that decided. */
  readonly subscription: SubscriptionRecord | null;
}

/**
 * May this user in, and why. The best of several subscriptions wins.
 *
 * @param now seconds since 1970
 */
export function decideAccess(
  subscriptions: readonly SubscriptionRecord[],
  now: number,
  policy: AccessPolicy,
): Decision {
  const decisions = subscriptions.map((subscription) => ({ ...accessBy(subscription, now, policy), subscription }));
  const best = decisions.toSorted(byMerit)[0];
  return best ?? { allowed: false, reason: 'no_subscription', until: null, subscription: null };
}

/** Access by one subscription: on its status, never on the period alone (the period moves before a renewal is paid). */
export function accessBy(subscription: SubscriptionRecord, now: number, policy: AccessPolicy): Access {
  const { status, cancelAt } = subscription;
  if (status === 'past_due') return graceAccess(subscription, now, policy);
  if (status !== 'active' && status !== 'trialing') return { allowed: false, reason: status, until: null };
  if (cancelAt === null) return { allowed: true, reason: status, until: null };
  if (cancelAt <= now) return { allowed: false, reason: 'canceled', until: null };
  return { allowed: true, reason: 'canceling', until: cancelAt };
}

/** The grace days count from the start of the period that was not paid. */
function graceAccess(subscription: SubscriptionRecord, now: number, policy: AccessPolicy): Access {
  const graceEnd = (subscription.currentPeriodStart ?? 0) + policy.graceDays * DAY;
  const until = Math.min(graceEnd, subscription.cancelAt ?? Infinity);
  if (until <= now) return { allowed: false, reason: 'past_due', until: null };
  return { allowed: true, reason: 'past_due_grace', until };
}

/** From what a customer is told first to what is only history. */
const ORDER: readonly AccessReason[] = [
  'active',
  'trialing',
  'canceling',
  'past_due_grace',
  'past_due',
  'unpaid',
  'paused',
  'incomplete',
  'unknown',
  'canceled',
  'incomplete_expired',
  'no_subscription',
];

type Candidate = Access & { readonly subscription: SubscriptionRecord };

function byMerit(a: Candidate, b: Candidate): number {
  return (
    ORDER.indexOf(a.reason) - ORDER.indexOf(b.reason) ||
    (b.until ?? 0) - (a.until ?? 0) ||
    b.subscription.createdAt - a.subscription.createdAt ||
    a.subscription.id.localeCompare(b.subscription.id)
  );
}
