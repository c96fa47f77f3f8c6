import { decideAccess, type Decision } from '../../billing/access.ts';
import { trialAvailable } from '../../billing/checkout.ts';
import { isLive, type SubscriptionRecord } from '../../billing/subscription.ts';
import type { UserRecords } from '../../billing/user.ts';
import { nowSeconds, numberSetting } from './env.ts';
import { log } from './log.ts';
import { count } from './metrics.ts';

const policy = { graceDays: numberSetting('GRACE_DAYS') };

/** Access by all of a user's records. A second live subscription is let in once, and reported: the customer pays twice. */
export function decide(userId: string, user: UserRecords): Decision {
  const records = user.subscriptions.map(({ record }) => record);
  if (records.filter(isLive).length > 1) {
    log.error('several live subscriptions', { userId, customerId: user.customer?.customerId });
    count({ DuplicateSubscriptions: 1 });
  }
  return decideAccess(records, nowSeconds(), policy);
}

/** What the page is told about a user (docs/api.md, "Account"). */
export function accountView(userId: string, user: UserRecords) {
  const { allowed, reason, until, subscription } = decide(userId, user);
  return {
    access: { allowed, reason, until },
    subscription: subscription && subscriptionView(subscription),
    trialAvailable: trialAvailable(user.subscriptions.map(({ record }) => record)),
    customer: user.customer !== undefined,
  };
}

/** What concerns the customer; ids of other objects and moments of the past stay ours. */
function subscriptionView(record: SubscriptionRecord) {
  return {
    id: record.id,
    status: record.status,
    plan: record.plan,
    quantity: record.quantity,
    amount: record.amount,
    currency: record.currency,
    interval: record.interval,
    hasPaymentMethod: record.hasPaymentMethod,
    currentPeriodEnd: record.currentPeriodEnd,
    cancelAt: record.cancelAt,
    endedAt: record.endedAt,
    endedBecause: record.endedBecause,
    trialEnd: record.trialEnd,
    collectionPaused: record.collectionPaused,
    collectionResumesAt: record.collectionResumesAt,
  };
}
