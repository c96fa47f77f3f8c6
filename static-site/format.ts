/** Money and dates as the visitor writes them. */
import * as words from '#words/intervals';

export interface Format {
  /** `amount` in the currency's minor unit, in full: "$29.00". */
  readonly money: (amount: number, currency: string) => string;
  /** The same for a headline, without idle zeros: "$29", but "$9.50". */
  readonly shortMoney: (amount: number, currency: string) => string;
  /** "a month" for Stripe's `month`; nothing for what we have no words for. */
  readonly per: (interval: string | null) => string;
  readonly number: (count: number) => string;
  /** `share` in whole per cent, with its sign: "16%". */
  readonly percent: (share: number) => string;
  /** `seconds` since 1970 (UTC), as a day in the visitor's time zone: "5 January 2027". */
  readonly date: (seconds: number) => string;
}

export interface FormatOptions {
  /** BCP 47 tags, best first. @default the visitor's */
  readonly locales?: readonly string[];
  /** IANA name. @default the visitor's */
  readonly timeZone?: string;
}

/** Source: https://docs.stripe.com/currencies#zero-decimal and #three-decimal. Intl's own digits differ (ISK, UGX). */
const zeroDecimal = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '));
const threeDecimal = new Set('bhd jod kwd omr tnd'.split(' '));

function minorDigits(currency: string): number {
  const code = currency.toLowerCase();
  if (zeroDecimal.has(code)) return 0;
  return threeDecimal.has(code) ? 3 : 2;
}

/** Stripe's minor units as a number of whole currency units: 2900 usd is 29, 2900 jpy is 2900. */
export const toMajor = (amount: number, currency: string): number => amount / 10 ** minorDigits(currency);

/** The page's language as the visitor has it (`de-AT`), so that numbers and dates are theirs and fit the words. */
export const localesOf = (language: string, visitors: readonly string[]): readonly string[] => [
  ...visitors.filter((tag) => tag.split('-')[0] === language),
  language,
];

export function createFormat({ locales, timeZone }: FormatOptions = {}): Format {
  const tags = locales && [...locales];
  const days = new Intl.DateTimeFormat(tags, { dateStyle: 'long', ...(timeZone && { timeZone }) });
  const numbers = (options?: Intl.NumberFormatOptions): Intl.NumberFormat => new Intl.NumberFormat(tags, options);
  const money = (amount: number, currency: string, options: Intl.NumberFormatOptions): string =>
    numbers({ style: 'currency', currency, ...options })
      .formatToParts(toMajor(amount, currency))
      .map(({ type, value }) => (type === 'currency' ? words.sign(value) : value))
      .join('');
  return {
    money: (amount, currency) => money(amount, currency, {}),
    shortMoney: (amount, currency) => money(amount, currency, { trailingZeroDisplay: 'stripIfInteger' }),
    per,
    number: (count) => numbers().format(count),
    percent: (share) => numbers({ style: 'percent' }).format(share / 100),
    date: (seconds) => days.format(seconds * 1000),
  };
}

const perInterval = new Map(Object.entries(words.per));

/** "a month" for Stripe's `month`; nothing for what we have no words for. */
export const per = (interval: string | null): string => perInterval.get(interval ?? '') ?? '';
