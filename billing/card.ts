import type Stripe from 'stripe';

/** A card as its holder knows it again. Its number is never asked for: Stripe tells the last four digits, and no more. */
export interface CardView {
  /** Stripe's: `visa`, `mastercard`, `amex`, ... */
  readonly brand: string;
  readonly last4: string;
  /** The card is good until the end of this month, 1 to 12. */
  readonly expMonth: number;
  readonly expYear: number;
}

/** @returns null for none, and for a way of paying that is no card (a bank debit, Link) */
export function cardView(method: Stripe.PaymentMethod | string | null): CardView | null {
  if (method === null || typeof method === 'string' || !method.card) return null;
  const { brand, last4, exp_month: expMonth, exp_year: expYear } = method.card;
  return { brand, last4, expMonth, expYear };
}
