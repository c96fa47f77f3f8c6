import type Stripe from 'stripe';
import { userOf } from '../../billing/metadata.ts';
import type { Users } from '../records/users.ts';
import { orMissing } from '../stripe-api.ts';
import { whoseIs, type Subscriptions } from '../subscriptions.ts';

export interface WhoseParts {
  readonly stripe: Stripe;
  readonly subscriptions: Pick<Subscriptions, 'fetch'>;
  readonly users: Pick<Users, 'ownerOfCustomer'>;
}

/** Who is meant, as far as it can be told. */
export interface Whose {
  /** Undefined when it is nobody of ours. */
  readonly userId: string | undefined;
  /** The customer that was named, or whose subscription was. */
  readonly customerId: string | undefined;
}

/** The user behind a customer's, a subscription's or a user's id. Never by email: an email links nothing. */
export async function whose(parts: WhoseParts, id: string): Promise<Whose> {
  if (/^cus_\w+$/.test(id)) return ofCustomer(parts, id);
  if (/^sub_\w+$/.test(id)) return ofSubscription(parts, id);
  return { userId: id, customerId: undefined };
}

async function ofCustomer({ stripe, users }: WhoseParts, customerId: string): Promise<Whose> {
  const recorded = await users.ownerOfCustomer(customerId);
  if (recorded !== undefined) return { userId: recorded, customerId };
  const customer = await orMissing(stripe.customers.retrieve(customerId));
  return { userId: customer?.deleted === true ? undefined : userOf(customer?.metadata), customerId };
}

async function ofSubscription(parts: WhoseParts, subscriptionId: string): Promise<Whose> {
  const fetched = await parts.subscriptions.fetch(subscriptionId);
  if (!fetched) return { userId: undefined, customerId: undefined };
  return { userId: await whoseIs(parts.users, fetched), customerId: fetched.record.customerId };
}
