import type Stripe from 'stripe';
import type { State } from '../../core/state.ts';
import { idOf, isLive } from '../../life/references.ts';
import { defaultMethod } from '../../life/methods.ts';
import { behaviorOf, last4Of, TEST_CARDS } from '../../life/test-cards.ts';
import { type Html, html } from '../html.ts';
import { simButton } from './buttons.ts';
import { methodName } from './time-line/names.ts';

/** What is charged next: that of a live subscription, else the customer's own. */
function methodOf(state: State, customer: Stripe.Customer): Stripe.PaymentMethod | undefined {
  const live = [...state.objects.subscriptions.values()].find(
    (one) => idOf(one.customer) === customer.id && isLive(one),
  );
  return defaultMethod(state, live ?? { customer: customer.id, default_payment_method: null });
}

function does(method: Stripe.PaymentMethod): string {
  if (method.card === undefined) return 'settles or fails days later';
  return TEST_CARDS.find((card) => last4Of(card) === method.card?.last4)?.does ?? 'pays';
}

function described(method: Stripe.PaymentMethod | undefined): Html {
  if (method === undefined) return html`<p>None: what falls due will fail.</p>`;
  const expires = method.card && `expires ${String(method.card.exp_month).padStart(2, '0')}/${method.card.exp_year}`;
  return html`<p>
    <strong>${methodName(method)}</strong>${expires && html`, ${expires}`}: ${does(method)}.
    <code class="note">${method.id}</code>
  </p>`;
}

/** The card that is charged, and how to have it fail: what happens when a card expires. */
export function cardSection(state: State, customer: Stripe.Customer): Html {
  const method = methodOf(state, customer);
  const failing = method !== undefined && behaviorOf(method) === 'fails_later';
  const path = `/_sim/customers/${customer.id}/card`;
  const give = (label: string, card: string, doing: string): Html => simButton({ label, path, body: { card }, doing });
  return html`<section id="part-card" aria-labelledby="card">
    <h2 id="card">Card</h2>
    ${described(method)}
    <p class="note">
      When a card expires, the next renewal is declined: the subscription is past due, its payment is tried again some
      days later, and in the end it is given up. Let the card fail, then go to the next renewal.
    </p>
    <div class="row">
      ${
        failing
          ? give('Let the customer enter a card that pays', 'pm_card_visa', 'Changing the card')
          : give('Let this card fail from now on', 'pm_card_chargeCustomerFail', 'Changing the card')
      }
    </div>
  </section>`;
}
