import type Stripe from 'stripe';
import { METADATA } from '../billing/metadata.ts';
import type { CustomerRecord } from '../billing/user.ts';
import { CustomerGone } from './customer-gone.ts';
import { fingerprint } from './fingerprint.ts';
import type { CustomerRecords } from './records/customers.ts';

export interface Customers {
  /** The user's one Stripe customer, made now if there is none. */
  ensure(userId: string, known: CustomerRecord | undefined, email: Email): Promise<CustomerRecord>;
  /** Another one, because `gone` was deleted at Stripe. */
  renew(userId: string, gone: CustomerRecord, email: Email): Promise<CustomerRecord>;
}

/** The verified email, asked for only when a customer is made. */
export type Email = () => Promise<string | null>;

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
      return records.replace(userId, gone, made);
    },
  };
}

export interface Who {
  readonly userId: string;
  readonly known: CustomerRecord | undefined;
  readonly email: Email;
}

/** Does `work` for the user's one customer. One that is not there yet, or was deleted at Stripe, is made. */
export async function forCustomer<T>(
  customers: Customers,
  { userId, known, email }: Who,
  work: (customer: CustomerRecord) => Promise<T>,
): Promise<T> {
  const ours = await customers.ensure(userId, known, email);
  try {
    return await work(ours);
  } catch (error) {
    if (!(error instanceof CustomerGone)) throw error;
    return work(await customers.renew(userId, ours, email));
  }
}
