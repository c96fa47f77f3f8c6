import type Stripe from 'stripe';
import { newId } from '../core/ids.ts';
import { type KeptCard, newestFirst, type State } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { find } from '../wire/find.ts';
import { asked, listParams, pageOf } from '../wire/lists.ts';
import { text } from '../wire/params.ts';
import { type Route, route } from '../wire/router.ts';

function cardOf(card: KeptCard): Stripe.PaymentMethod.Card {
  return {
    brand: card.brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
    country: 'US',
    display_brand: card.brand,
    exp_month: card.expMonth,
    exp_year: card.expYear,
    fingerprint: `simulated${card.last4}`,
    funding: 'credit',
    generated_from: null,
    last4: card.last4,
    networks: { available: [card.brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: true },
    wallet: null,
  };
}

/** A card that is nobody's yet. */
export const newCardMethod = (card: KeptCard, now: number): Stripe.PaymentMethod => ({
  id: newId('pm'),
  object: 'payment_method',
  allow_redisplay: 'unspecified',
  billing_details: { address: null, email: null, name: card.name, phone: null, tax_id: null },
  card: cardOf(card),
  created: now,
  customer: null,
  customer_account: null,
  livemode: false,
  metadata: {},
  type: 'card',
});

/** Makes a card a payment method of a customer. */
export function attachCard(work: Work, customer: Stripe.Customer, card: KeptCard): Stripe.PaymentMethod {
  const method = newCardMethod(card, work.accountNow);
  const attached: Stripe.PaymentMethod = {
    ...method,
    allow_redisplay: 'limited',
    billing_details: { ...method.billing_details, email: customer.email },
    customer: customer.id,
  };
  return work.save('paymentMethods', attached, 'payment_method.attached');
}

export const paymentMethodsOf = (state: State, customer: string): Stripe.PaymentMethod[] =>
  newestFirst(state.objects.paymentMethods).filter((method) => method.customer === customer);

export const paymentMethodRoutes: Route[] = [
  route('GET', '/v1/payment_methods/:id', {}, ({ work, id }) => find(work, 'paymentMethods', id)),
  route('GET', '/v1/payment_methods', { ...listParams, customer: text(), type: text() }, ({ work, params }) => {
    if (params.customer !== undefined) find(work, 'customers', params.customer, 'customer');
    const wanted = newestFirst(work.state.objects.paymentMethods).filter(
      (method) => asked<unknown>(method.customer, params.customer) && asked(method.type, params.type),
    );
    return pageOf('/v1/payment_methods', wanted, params);
  }),
];
