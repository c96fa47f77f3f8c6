import type Stripe from 'stripe';
import type { Active } from './discounts.ts';
import { reductionOf } from './discounts.ts';

type Line = Stripe.InvoiceLineItem;

const taken = (line: Line): number => (line.discount_amounts ?? []).reduce((sum, one) => sum + one.amount, 0);

function reduced(line: Line, discount: string, amount: number): Line {
  if (amount === 0) return line;
  return {
    ...line,
    discount_amounts: [...(line.discount_amounts ?? []), { amount, discount }],
    discounts: [...line.discounts, discount],
    pretax_credit_amounts: [...(line.pretax_credit_amounts ?? []), { amount, discount, type: 'discount' }],
  };
}

const reducible = (line: Line): boolean => line.discountable && line.amount > 0;

/** A share for each line; an amount is shared out by what each line costs, the last one taking what rounding leaves. */
function sharesOf(left: readonly number[], coupon: Stripe.Coupon): number[] {
  if (coupon.percent_off !== null) return left.map((amount) => reductionOf(amount, coupon));
  const total = left.reduce((sum, amount) => sum + amount, 0);
  const off = reductionOf(total, coupon);
  const last = left.findLastIndex((amount) => amount > 0);
  const floors = left.map((amount) => (total === 0 ? 0 : Math.floor((off * amount) / total)));
  const rest = off - floors.reduce((sum, amount) => sum + amount, 0);
  return floors.map((amount, index) => (index === last ? amount + rest : amount));
}

/** What coupons take off each of some amounts, one coupon after the other. */
export const reductionsOf = (amounts: readonly number[], coupons: readonly Stripe.Coupon[]): number[] =>
  coupons.reduce<number[]>(
    (reductions, coupon) => {
      const shares = sharesOf(
        amounts.map((amount, index) => amount - (reductions[index] ?? 0)),
        coupon,
      );
      return reductions.map((amount, index) => amount + (shares[index] ?? 0));
    },
    amounts.map(() => 0),
  );

/** The lines with what each discount takes off them, one discount after the other. */
export function withDiscounts(lines: readonly Line[], active: readonly Active[]): Line[] {
  return active.reduce<Line[]>(
    (current, { discount, coupon }) => {
      const left = current.map((line) => (reducible(line) ? line.amount - taken(line) : 0));
      const shares = sharesOf(left, coupon);
      return current.map((line, index) => reduced(line, discount.id, shares[index] ?? 0));
    },
    [...lines],
  );
}

/** What each discount takes off all lines together. */
export function totalDiscounts(lines: readonly Line[]): { amount: number; discount: string }[] {
  const totals = new Map<string, number>();
  for (const line of lines) {
    for (const { amount, discount } of line.discount_amounts ?? []) {
      const id = typeof discount === 'string' ? discount : discount.id;
      totals.set(id, (totals.get(id) ?? 0) + amount);
    }
  }
  return [...totals].map(([discount, amount]) => ({ amount, discount }));
}
