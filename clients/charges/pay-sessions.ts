import type Stripe from 'stripe';
import { paySessionParams, type StoredCharge } from '../../billing/charge.ts';
import { METADATA } from '../../billing/metadata.ts';
import { idOf } from '../../billing/subscription.ts';
import { orCustomerGone } from '../customer-gone.ts';
import { fingerprint } from '../fingerprint.ts';

/** A checkout in which a customer pays a charge. */
export interface PaySession {
  readonly id: string;
  /** Where it is paid; null when it is not open any more. */
  readonly url: string | null;
  /** The payment, once it is made. */
  readonly paid: string | null;
  /** Finished by the customer, while the money is still on its way: not with cards, and so not with us. */
  readonly pending: boolean;
  /** Whose charge of which run it says it is for. */
  readonly userId: string | undefined;
  readonly runId: string | undefined;
}

export interface PaySessions {
  /** Two who ask for the same version of a charge get the same one. @throws CustomerGone */
  open(charge: StoredCharge, userId: string, siteUrl: string): Promise<PaySession>;
  look(sessionId: string): Promise<PaySession>;
  /** So that it cannot be paid any more, unless it was paid already. */
  close(sessionId: string): Promise<PaySession>;
}

export function paySessions(stripe: Stripe): PaySessions {
  const { sessions } = stripe.checkout;
  const look = async (id: string): Promise<PaySession> => sessionFrom(await sessions.retrieve(id));
  return {
    look,

    async open(charge, userId, siteUrl) {
      const params = paySessionParams(charge, userId, siteUrl);
      const idempotencyKey = `pay/${fingerprint(params, charge.version)}`;
      return sessionFrom(await orCustomerGone(sessions.create(params, { idempotencyKey })));
    },

    async close(id) {
      try {
        return sessionFrom(await sessions.expire(id));
      } catch (error) {
        const session = await look(id); // Stripe refuses to expire what is not open
        if (session.url !== null) throw error;
        return session;
      }
    },
  };
}

function sessionFrom({
  id,
  status,
  url,
  payment_status,
  payment_intent,
  metadata,
}: Stripe.Checkout.Session): PaySession {
  return {
    id,
    url: status === 'open' ? url : null,
    paid: status === 'complete' && payment_status === 'paid' && payment_intent ? idOf(payment_intent) : null,
    pending: status === 'complete' && payment_status !== 'paid',
    userId: metadata?.[METADATA.userId],
    runId: metadata?.[METADATA.charge],
  };
}
