import type Stripe from 'stripe';
import { METADATA } from '../billing/metadata.ts';
import type { CustomerRecord } from '../billing/user.ts';
import { fingerprint } from './fingerprint.ts';
import type { CustomerRecords } from './records/customers.ts';

export interface Customers {
  /**
   * The user's one Stripe customer, made now if there is none.
   *
   * @param email asked for only when a customer is made
   */
  ensure(userId: string, known: CustomerRecord | undefined, email: Email): Promise<CustomerRecord>;
  /** Another one, because `gone` was deleted at Stripe. */
  renew(userId: string, gone: CustomerRecord, email: Email): Promise<CustomerRecord>;
}

type Email = () => Promise<string | null>;

/**
 * Two first checkouts at once: Stripe's idempotency key makes them one customer, and should it be two all the same
 * (another email in between), the conditional write decides and the loser uses the winner's. Never matched by email.
 */
export function customers(stripe: Stripe, records: CustomerRecords): Customers {
  async function create(userId: string, email: string | null, instead: string | null) {
    const customer = await stripe.customers.create(
      { ...(email !== null && { email }), metadata: { [METADATA.userId]: userId } },
      { idempotencyKey: `customer/${fingerprint(userId, email, instead)}` },
    );
    return { customerId: customer.id, email };
  }

  return {
    async ensure(userId, known, email) {
      return known ?? records.add(userId, await create(userId, await email(), null));
    },

    async renew(userId, gone, email) {
      const made = await create(userId, await email(), gone.customerId);
      return records.replace(userId, made, gone.version);
    },
  };
}
