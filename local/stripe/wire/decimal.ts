import type Stripe from 'stripe';
import { invalidRequest } from './errors.ts';

const decimalText = (value: string): boolean => /^-?\d+(\.\d+)?$/.test(value);

/**
 * The one place where a type is not told the truth: the SDK types `unit_amount_decimal` and its like as `Stripe.Decimal`, but
 * on the wire, and so in a webhook's payload too, they are plain strings.
 */
export function wireDecimal(value: string): Stripe.Decimal {
  if (!decimalText(value)) throw invalidRequest(`Invalid decimal: ${value}`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- on the wire it is text, whatever the SDK's type says
  return value as unknown as Stripe.Decimal;
}
