import type Stripe from 'stripe';
import type { CardOwner, KeptCard } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { challengePath } from '../life/challenges.ts';
import { asksForAuthentication } from '../life/test-cards.ts';
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

const NOTHING_TYPED: Typed = { form: new URLSearchParams(), errors: {} };
const NOT_AUTHENTICATED: Typed = {
  ...NOTHING_TYPED,
  refusal: 'We are unable to authenticate your payment method. Please choose another one and try again.',
};

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
    <p><a href="${visit.back.href}">${visit.back.label}</a></p>
    ${testCards()}`;
  return layout({ title: 'Update payment method', body });
}

/** Another card for a subscription, or as the customer's default. It is tried before it is kept, and the old one stays the customer's. */
export function updateCard(
  work: Work,
  visit: Visit,
  subscription: Stripe.Subscription | null,
  { method, form }: PageRequest,
): PageAnswer {
  if (method === 'GET')
    return page(200, cardPage(visit, form.get('authentication') === 'failed' ? NOT_AUTHENTICATED : NOTHING_TYPED));
  const outcome = tryCard(form, { charged: false, now: work.accountNow });
  if (outcome.kind === 'invalid') return page(422, cardPage(visit, { form, errors: outcome.errors }));
  if (outcome.kind === 'declined') return page(402, cardPage(visit, { form, errors: {}, refusal: outcome.message }));
  const { card, behavior } = outcome;
  const owner: CardOwner = { customer: visit.customer.id, subscription: subscription?.id ?? null };
  if (asksForAuthentication(behavior)) {
    const retry = [visit.home, ...(subscription === null ? [] : [subscription.id]), 'card'].join('/');
    return seeOther(challengePath(work, { kind: 'portal', ...owner, card, retry, done: visit.done }));
  }
  keepCard(work, owner, card);
  return seeOther(visit.done);
}

/**
 * What the subscription is charged to from now on, retries of open invoices included; without one, what the customer is
 * charged to where a subscription names nothing of its own.
 *
 * @returns null when it is nobody's any more
 */
export function keepCard(work: Work, owner: CardOwner, card: KeptCard): Stripe.PaymentMethod | null {
  const customer = work.state.objects.customers.get(owner.customer);
  const subscription = work.state.objects.subscriptions.get(owner.subscription ?? '');
  if (customer === undefined || (owner.subscription !== null && subscription === undefined)) return null;
  const method = attachCard(work, customer, card);
  if (subscription) {
    work.save('subscriptions', { ...subscription, default_payment_method: method.id }, 'customer.subscription.updated');
  } else {
    const invoice_settings = { ...customer.invoice_settings, default_payment_method: method.id };
    work.save('customers', { ...customer, invoice_settings }, 'customer.updated');
  }
  return method;
}
