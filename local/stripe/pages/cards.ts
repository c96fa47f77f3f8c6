import type { KeptCard } from '../core/state.ts';
import {
  attachDecline,
  type CardBehavior,
  cardByNumber,
  chargeDecline,
  last4Of,
  TEST_CARDS,
} from '../life/test-cards.ts';

type CardField = 'number' | 'expiration' | 'cvc' | 'name';
export type FieldErrors = Readonly<Partial<Record<CardField | 'email' | 'promotion_code' | 'account', string>>>;

export interface AcceptedCard {
  readonly kind: 'accepted';
  readonly card: KeptCard;
  readonly behavior: CardBehavior;
}
export type ReadCard = AcceptedCard | { readonly kind: 'invalid'; readonly errors: FieldErrors };
type CardOutcome = ReadCard | { readonly kind: 'declined'; readonly message: string };

/** The check digit rule of card numbers (Luhn). */
export function hasCheckDigit(number: string): boolean {
  const sum = number
    .split('')
    .toReversed()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}

function numberError(number: string): string | undefined {
  if (number === '') return 'Enter a card number.';
  if (!/^\d{12,19}$/.test(number) || !hasCheckDigit(number)) return 'Your card number is invalid.';
  if (cardByNumber(number)) return undefined;
  const known = TEST_CARDS.map((card) => card.shown);
  return `The simulator knows these cards only: ${known.join(', ')}.`;
}

interface Expiration {
  readonly month: number;
  readonly year: number;
}

/** Reads `12 / 34`, `12/2034` or `1234`. */
export function parseExpiration(text: string): Expiration | null {
  const match = /^(\d{1,2})\s*[/-]\s*(\d{2}|\d{4})$|^(\d{2})(\d{2})$/.exec(text.trim());
  if (match === null) return null;
  const month = Number(match[1] ?? match[3]);
  const year = Number(match[2] ?? match[4]);
  return month >= 1 && month <= 12 ? { month, year: year < 100 ? 2000 + year : year } : null;
}

function expirationError(expiration: Expiration | null, text: string, now: number): string | undefined {
  if (text === '') return 'Enter the expiration date.';
  if (expiration === null) return "Your card's expiration date is invalid: write it as MM / YY.";
  const firstDayAfter = Date.UTC(expiration.year, expiration.month, 1) / 1000;
  return firstDayAfter <= now ? "Your card's expiration date is in the past." : undefined;
}

function cvcError(cvc: string): string | undefined {
  if (cvc === '') return 'Enter the security code.';
  return /^\d{3}$/.test(cvc) ? undefined : "Your card's security code is incomplete: it has 3 digits.";
}

/** Removes the fields that are in order. */
const present = (errors: Readonly<Record<string, string | undefined>>): FieldErrors =>
  Object.fromEntries(Object.entries(errors).filter(([, message]) => message !== undefined));

export interface CardUse {
  /** Whether money is taken now, or the card only kept for later. */
  readonly charged: boolean;
  /** Whole seconds. */
  readonly now: number;
}

/** What was typed, before any bank is asked. Number and security code go no further than this. @param now whole seconds */
export function readCard(form: URLSearchParams, now: number): ReadCard {
  const number = (form.get('number') ?? '').replace(/[\s-]/g, '');
  const expirationText = (form.get('expiration') ?? '').trim();
  const expiration = parseExpiration(expirationText);
  const name = (form.get('name') ?? '').trim();
  const errors = present({
    number: numberError(number),
    expiration: expirationError(expiration, expirationText, now),
    cvc: cvcError((form.get('cvc') ?? '').trim()),
    name: name === '' || name.length > 200 ? 'Enter the name on the card.' : undefined,
  });
  const known = cardByNumber(number);
  if (expiration === null || known === undefined || Object.keys(errors).length > 0) return { kind: 'invalid', errors };
  const { month: expMonth, year: expYear } = expiration;
  const card = { brand: known.brand, last4: last4Of(known), expMonth, expYear, name };
  return { kind: 'accepted', card, behavior: known.behavior };
}

/** What the bank says to what was typed. */
export function tryCard(form: URLSearchParams, { charged, now }: CardUse): CardOutcome {
  const read = readCard(form, now);
  if (read.kind === 'invalid') return read;
  const decline = charged ? chargeDecline(read.behavior) : attachDecline(read.behavior);
  return decline === null ? read : { kind: 'declined', message: decline.message };
}
