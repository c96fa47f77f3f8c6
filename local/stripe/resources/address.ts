import type Stripe from 'stripe';
import { object, type Parsed, text, unsettable } from '../wire/params.ts';

const shape = {
  city: unsettable(text()),
  country: unsettable(text()),
  line1: unsettable(text()),
  line2: unsettable(text()),
  postal_code: unsettable(text()),
  state: unsettable(text()),
};

/** An address as it is sent; what is not sent is empty. */
export const addressParams = object(shape);

export function addressOf(address: Parsed<typeof shape> | null | undefined): Stripe.Address | null {
  if (!address) return null;
  const { city = null, country = null, line1 = null, line2 = null, postal_code = null, state = null } = address;
  return { city, country, line1, line2, postal_code, state };
}
