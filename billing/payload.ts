import type Stripe from 'stripe';
import { at, isId } from './json.ts';
import { subscriptionRecord, type SubscriptionRecord } from './subscription.ts';

/** Stripe's longest texts are 500 characters (metadata); so nothing longer is one that we know. */
const isText = (value: unknown): boolean => typeof value === 'string' && value.length <= 500;
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isFlag = (value: unknown): boolean => typeof value === 'boolean';
const orNull = (is: (value: unknown) => boolean) => (value: unknown) => value === null || is(value);

const WHOLE = {
  id: isId,
  customerId: isId,
  status: isText,
  plan: orNull(isText),
  priceId: orNull(isText),
  quantity: isCount,
  amount: orNull(isCount),
  currency: isText,
  interval: orNull(isText),
  createdAt: isCount,
  currentPeriodStart: orNull(isCount),
  currentPeriodEnd: orNull(isCount),
  cancelAt: orNull(isCount),
  endedAt: orNull(isCount),
  endedBecause: orNull(isText),
  collectionPaused: orNull(isText),
  collectionResumesAt: orNull(isCount),
  hasPaymentMethod: isFlag,
  trialStart: orNull(isCount),
  trialEnd: orNull(isCount),
} satisfies Record<keyof SubscriptionRecord, (value: unknown) => boolean>;

/**
 * Whether a payload has the shape that its type promises, as far as the record is made of it. The signature says that
 * Stripe sent it, not that we can read it.
 */
export function isReadable(payload: Stripe.Subscription): boolean {
  const record = recordOrNone(payload);
  return record !== undefined && Object.entries(WHOLE).every(([name, is]) => is(at(record, name)));
}

function recordOrNone(payload: Stripe.Subscription): SubscriptionRecord | undefined {
  try {
    return subscriptionRecord(payload);
  } catch {
    return undefined; // something that the rest hangs on is missing
  }
}
