/** The card that the next invoice is charged to, in words. No DOM. */
import * as words from '#words/card';
import type { Fields } from './read.ts';

/** `card` of docs/api.md, "Invoices". */
export interface Card {
  /** Stripe's word, such as `visa`. */
  readonly brand: string;
  readonly last4: string;
  readonly expMonth: number;
  readonly expYear: number;
}

export const toCard = (card: Fields): Card => ({
  brand: card.text('brand'),
  last4: card.text('last4'),
  expMonth: card.number('expMonth'),
  expYear: card.number('expYear'),
});

/** Source: https://docs.stripe.com/api/payment_methods/object#payment_method_object-card-brand. Names are no words: they are the same everywhere. */
const brands = new Map([
  ['amex', 'American Express'],
  ['diners', 'Diners Club'],
  ['discover', 'Discover'],
  ['jcb', 'JCB'],
  ['mastercard', 'Mastercard'],
  ['unionpay', 'UnionPay'],
  ['visa', 'Visa'],
]);

export interface CardWords {
  /** "Visa •••• 4242" */
  readonly name: string;
  readonly expiry: string;
  /** The card will be no good when it is charged next. */
  readonly expiresFirst: boolean;
}

/** @param nextCharge when that is, in seconds; null when nothing is going to be charged, or nobody knows when */
export function cardWords({ brand, last4, expMonth, expYear }: Card, nextCharge: number | null): CardWords {
  const month = `${String(expMonth).padStart(2, '0')}/${String(expYear).slice(-2)}`;
  const expiresFirst = nextCharge !== null && Date.UTC(expYear, expMonth) <= nextCharge * 1000;
  return {
    name: `${brands.get(brand) ?? words.someCard} •••• ${last4}`,
    expiry: expiresFirst ? words.expiresFirst(month) : words.expires(month),
    expiresFirst,
  };
}
