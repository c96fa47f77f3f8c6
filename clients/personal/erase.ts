import type Stripe from 'stripe';
import { METADATA } from '../../billing/metadata.ts';
import type { StoredCharge } from '../../billing/charge.ts';
import { paySessions } from '../charges/pay-sessions.ts';
import { payments } from '../charges/payments.ts';
import { chargeRecords } from '../records/charges.ts';
import { erased } from '../records/erased.ts';
import type { Table } from '../records/table.ts';
import { isRefused, orMissing } from '../stripe-api.ts';
import { erasurePlan, type EndSubscription, type ErasurePlan, type Step } from './plan.ts';

export interface ErasureParts {
  readonly stripe: Stripe;
  readonly table: Table;
  /** Seconds since 1970. */
  readonly now: () => number;
  /** Asked between any two steps: true ends it there, to be begun again. @default - never */
  readonly stop?: () => boolean;
  /** Told of each step that is done, and waited for. */
  readonly done?: (step: Step) => void | Promise<void>;
}

/** Stripe sends an event again for thirty days. In seconds, and a day more. */
const EVENTS_COME = 31 * 86_400;

/** Each further look means that the user did something meanwhile, as a checkout in another window. */
const LOOKS = 5;

/**
 * Does what the plan says, and looks again until nothing is left. Interrupted anywhere and begun again it ends the same.
 *
 * @returns what was left at the last look: nothing, unless it was stopped, or the user went on doing things
 */
export async function erase(parts: ErasureParts, userId: string): Promise<ErasurePlan> {
  const take = stepTaker(parts, userId);
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const plan = await erasurePlan(parts.stripe, parts.table, userId);
    if (plan.steps.length === 0) return plan;
    for (const step of plan.steps) {
      if (parts.stop?.()) return erasurePlan(parts.stripe, parts.table, userId);
      await take(step);
      await parts.done?.(step);
    }
  }
  return erasurePlan(parts.stripe, parts.table, userId);
}

function stepTaker({ stripe, table, now }: ErasureParts, userId: string): (step: Step) => Promise<unknown> {
  const records = erased(table);

  /** The marker is first, so that no event of what follows, and none of before, is written any more. */
  async function end({ subscriptionId, live, marked }: EndSubscription): Promise<void> {
    await records.mark(userId, subscriptionId);
    if (marked) await stripe.subscriptions.update(subscriptionId, { metadata: { [METADATA.userId]: '' } });
    if (live) await orMissing(stripe.subscriptions.cancel(subscriptionId));
    await records.expire(userId, subscriptionId, now() + EVENTS_COME);
  }

  return async (step) => {
    switch (step.kind) {
      case 'expire checkout':
        return expireCheckout(stripe, step.sessionId);
      case 'end subscription':
        return end(step);
      case 'give up charge':
        return giveUp({ stripe, table, now }, userId, step.charge);
      case 'delete customer':
        return orMissing(stripe.customers.del(step.customerId));
      default:
        return records.forgetCustomer(userId, step);
    }
  };
}

/** Stripe refuses when it is not open any more: then the next look finds what came of it. */
async function expireCheckout(stripe: Stripe, sessionId: string): Promise<void> {
  try {
    await stripe.checkout.sessions.expire(sessionId);
  } catch (error) {
    if (!isRefused(error)) throw error;
  }
}

/** Nothing can be paid for it any more; what was paid in the last moment, was. The record stays, with its amount. */
async function giveUp({ stripe, table, now }: ErasureParts, userId: string, charge: StoredCharge): Promise<void> {
  const { checkoutSessionId, paymentIntentId } = charge;
  const session = checkoutSessionId === null ? undefined : await paySessions(stripe).close(checkoutSessionId);
  const paidBy = session?.paid ?? paymentIntentId;
  const status = session?.paid ? 'succeeded' : await closed(stripe, paymentIntentId);
  if (status !== 'succeeded' && status !== 'canceled') return; // its bank still decides
  const change = { status, paymentIntentId: paidBy, declineCode: null, attemptedAt: now() } as const;
  await chargeRecords(table).change(userId, charge, change);
}

const closed = async (stripe: Stripe, paymentIntentId: string | null) =>
  paymentIntentId === null ? 'canceled' : (await payments(stripe).close(paymentIntentId)).status;
