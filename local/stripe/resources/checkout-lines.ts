import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { productName } from '../life/invoice-lines.ts';
import { lineTotals } from '../life/checkout-totals.ts';
import { orderedLines } from '../life/ordered-lines.ts';

/** The lines as the API shows them. With a trial nothing is due today, so the amounts are 0. */
export function lineItemsOf(work: Work, session: Stripe.Checkout.Session): Stripe.LineItem[] {
  const totals = lineTotals(work, session.id);
  return orderedLines(work, session.id).map(({ id, price, quantity }, index) => {
    const { subtotal, discount } = totals[index] ?? { subtotal: 0, discount: 0 };
    return {
      id,
      object: 'item',
      adjustable_quantity: null,
      amount_discount: discount,
      amount_subtotal: subtotal,
      amount_tax: 0,
      amount_total: subtotal - discount,
      currency: price.currency,
      description: productName(work, price),
      metadata: {},
      price,
      quantity,
    };
  });
}
