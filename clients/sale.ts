import type Stripe from 'stripe';
import type { CheckoutOrder } from '../billing/checkout.ts';
import type { CustomerRecord } from '../billing/user.ts';
import { checkout, type CheckoutResult } from './checkout.ts';
import { customers, forCustomer, type Email } from './customers.ts';
import type { CustomerRecords } from './records/customers.ts';

export interface Sale {
  /** Opens the checkout of this order for the user's one customer. */
  open(order: Order, known: CustomerRecord | undefined, email: Email): Promise<Sold>;
}

type Order = Omit<CheckoutOrder, 'customerId'>;
type Sold = CheckoutResult & { readonly customerId: string };

/** @param recorded the ids of the user's subscriptions of which there are records */
export function sale(stripe: Stripe, records: CustomerRecords, recorded: ReadonlySet<string>): Sale {
  const session = checkout(stripe, records, recorded);
  return {
    open: (order, known, email) =>
      forCustomer(customers(stripe, records), { userId: order.userId, known, email }, async (customer) => {
        const { customerId } = customer;
        return { ...(await session.open({ ...order, customerId }, customer)), customerId };
      }),
  };
}
