import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { attachCard } from '../resources/payment-methods.ts';
import { type PageAnswer, page, type PageRequest, seeOther } from './answers.ts';
import { cardFields, testCards } from './card-fields.ts';
import { type FieldErrors, tryCard } from './cards.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import type { Visit } from './portal-visit.ts';

interface Typed {
  readonly form: URLSearchParams;
  readonly errors: FieldErrors;
  readonly refusal?: string;
}

function cardPage(visit: Visit, { form, errors, refusal }: Typed): Html {
  const faulty = refusal ?? (Object.keys(errors).length > 0 && 'Please look at the fields marked below.');
  const body = html`<h1>Update payment method</h1>
    ${faulty && html`<p class="notice" role="alert">${faulty}</p>`}
    <form method="post" novalidate>
      <section aria-label="Payment">
        ${cardFields(form, errors)}
        <button class="main">Save card</button>
      </section>
    </form>
    <p><a href="${visit.home}">Go back</a></p>
    ${testCards()}`;
  return layout({ title: 'Update payment method', body });
}

/** Another card for a subscription. The card is tried before it is kept, and the old one stays the customer's. */
export function updateCard(
  work: Work,
  visit: Visit,
  subscription: Stripe.Subscription,
  { method, form }: PageRequest,
): PageAnswer {
  if (method === 'GET') return page(200, cardPage(visit, { form: new URLSearchParams(), errors: {} }));
  const outcome = tryCard(form, work.now);
  if (outcome.kind === 'invalid') return page(422, cardPage(visit, { form, errors: outcome.errors }));
  if (outcome.kind === 'declined') return page(402, cardPage(visit, { form, errors: {}, refusal: outcome.message }));
  const card = attachCard(work, visit.customer, outcome.card);
  work.save('subscriptions', { ...subscription, default_payment_method: card.id }, 'customer.subscription.updated');
  return seeOther(visit.home);
}
