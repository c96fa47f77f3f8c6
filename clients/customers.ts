import type Stripe from 'stripe';
import { METADATA } from '../billing/metadata.ts';
import type { CustomerRecord } from '../billing/user.ts';
import { fingerprint } from './fingerprint.ts';
import type { CustomerRecords } from './records/customers.ts';

export interface Customers {
  /** The user's one Stripe customer, made now if there is none. @param email asked for only when it is made */
  ensure(
    userId: string,
    known: CustomerRecord | undefined,
    email: () => Promise<string | null>,
  ): Promise<CustomerRecord>;
}

/**
 * Two first checkouts at once: Stripe's idempotency key makes them one customer, and should it be two all the same
 * (another email in between), the conditional put decides and the loser uses the winner's. Never matched by email.
 */
export function customers(stripe: Stripe, records: CustomerRecords): Customers {
  return {
    async ensure(userId, known, email) {
      if (known !== undefined) return known;
      const address = await email();
      const customer = await stripe.customers.create(
        { ...(address !== null && { email: address }), metadata: { [METADATA.userId]: userId } },
        { idempotencyKey: `customer/${fingerprint(userId, address ?? '')}` },
      );
      return records.add(userId, { customerId: customer.id, email: address });
    },
  };
}
