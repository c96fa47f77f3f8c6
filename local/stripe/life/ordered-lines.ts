import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';

export interface OrderedLine {
  readonly id: string;
  readonly price: Stripe.Price;
  readonly quantity: number;
}

/** What a session sells, with the prices as they are. */
export function orderedLines(work: Work, session: string): OrderedLine[] {
  const lines = work.state.orders.get(session)?.lines ?? [];
  return lines.flatMap(({ id, price, quantity }) => {
    const found = work.state.objects.prices.get(price);
    return found === undefined ? [] : [{ id, price: found, quantity }];
  });
}
