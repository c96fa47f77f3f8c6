import type Stripe from 'stripe';
import type { State } from '../../../core/state.ts';
import { formatMoney } from '../../../life/money.ts';
import { numberAt, textAt } from '../fields.ts';
import { readable } from '../../words.ts';
import type { Names } from './telling.ts';

/** `Visa 4242`, `Bank account 6789`. */
export function methodName(method: Stripe.PaymentMethod | undefined): string {
  if (method?.card !== undefined) return `${readable(method.card.brand)} ${method.card.last4}`;
  return method?.us_bank_account === undefined ? 'none' : `Bank account ${method.us_bank_account.last4}`;
}

function every(price: unknown): string {
  const count = numberAt(price, 'recurring', 'interval_count') ?? 1;
  const interval = textAt(price, 'recurring', 'interval');
  if (interval === null) return '';
  return count === 1 ? ` / ${interval}` : ` / ${count} ${interval}s`;
}

/** What the state calls the things that events refer to. */
export const namesIn = ({ objects }: State): Names => ({
  card: (method) => methodName(objects.paymentMethods.get(method)),
  price: (price) => {
    const product = objects.products.get(textAt(price, 'product') ?? '');
    const amount = formatMoney(numberAt(price, 'unit_amount') ?? 0, textAt(price, 'currency') ?? 'usd');
    return `${product === undefined ? '' : `${product.name}, `}${amount}${every(price)}`;
  },
});
