import type Stripe from 'stripe';
import type { CheckoutOrder } from '../billing/checkout.ts';
import type { CustomerRecord } from '../billing/user.ts';
import { checkout, type CheckoutResult } from './checkout.ts';
import { CustomerGone } from './customer-gone.ts';
import { customers } from './customers.ts';
import type { CustomerRecords } from './records/customers.ts';

export interface Sale {
  /**
   * Opens the checkout of this order for the user's one customer. A customer that is not there yet, or was deleted at
   * Stripe, is made.
   *
   * @param email the verified one, asked for only when a customer is made
   */
  open(order: Order, known: CustomerRecord | undefined, email: () => Promise<string | null>): Promise<Sold>;
}

type Order = Omit<CheckoutOrder, 'customerId'>;
type Sold = CheckoutResult & { readonly customerId: string };

export function sale(stripe: Stripe, records: CustomerRecords): Sale {
  const customer = customers(stripe, records);
  const session = checkout(stripe, records);

  const openFor = async (order: Order, known: CustomerRecord): Promise<Sold> => {
    const { customerId } = known;
    return { ...(await session.open({ ...order, customerId }, known)), customerId };
  };

  return {
    async open(order, known, email) {
      const ours = await customer.ensure(order.userId, known, email);
      try {
        return await openFor(order, ours);
      } catch (error) {
        if (!(error instanceof CustomerGone)) throw error;
        return openFor(order, await customer.renew(order.userId, ours, email));
      }
    },
  };
}
