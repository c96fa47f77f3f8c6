import type Stripe from 'stripe';
import { newId } from '../core/ids.ts';
import type { KeptCard } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { cardByName, last4Of, type TestCard } from '../life/test-cards.ts';
import { attach } from '../life/attaching.ts';
import { noSuch } from '../wire/errors.ts';
import { find } from '../wire/find.ts';
import { newCardMethod } from './payment-methods.ts';

/** What a test name stands for: a card that is good for years. @param now whole seconds */
const keptCard = (card: TestCard, now: number): KeptCard => ({
  brand: card.brand,
  last4: last4Of(card),
  expMonth: 12,
  expYear: new Date(now * 1000).getUTCFullYear() + 4,
  name: null,
});

/** The payment method of an id, or a new one of Stripe's test names such as `pm_card_visa`. */
export function namedMethod(work: Work, name: string, param: string): Stripe.PaymentMethod {
  const card = name.startsWith('pm_') ? cardByName(name) : undefined;
  if (card === undefined) return find(work, 'paymentMethods', name, param);
  return work.save('paymentMethods', newCardMethod(keptCard(card, work.accountNow), work.accountNow), null);
}

/** A card of one of Stripe's test tokens such as `tok_visa`. */
export function tokenMethod(work: Work, token: string, param: string): Stripe.PaymentMethod {
  const card = token.startsWith('tok_') ? cardByName(token) : undefined;
  if (card === undefined) throw noSuch('token', token, param);
  return newCardMethod(keptCard(card, work.accountNow), work.accountNow);
}

/** A customer's source, the older kind of payment method: its id says card, and all else is as with the newer kind. */
export function attachSource(work: Work, customer: Stripe.Customer, token: string): Stripe.PaymentMethod {
  return attach(work, { ...tokenMethod(work, token, 'source'), id: newId('card') }, customer);
}
