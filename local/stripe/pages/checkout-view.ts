import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { trialEndOf } from '../life/checkout.ts';
import { shopUrl } from '../life/checkout-place.ts';
import { productName } from '../life/invoice-lines.ts';
import { formatDate, formatMoney, formatPrice } from '../life/money.ts';
import { type OrderedLine, orderedLines } from '../life/ordered-lines.ts';
import { type PageAnswer, page } from './answers.ts';
import { cardFields, field, testCards } from './card-fields.ts';
import { accountForm } from './checkout-bank.ts';
import type { FieldErrors } from './cards.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';

type Session = Stripe.Checkout.Session;

export interface Typed {
  readonly form: URLSearchParams;
  readonly errors: FieldErrors;
  /** A refusal of the card as a whole. */
  readonly refusal?: string;
}
export const NOTHING_TYPED: Typed = { form: new URLSearchParams(), errors: {} };

const lineText = (work: Work, { price, quantity }: OrderedLine): string =>
  `${quantity > 1 ? `${quantity} × ` : ''}${productName(work, price)}`;

function total(lines: readonly OrderedLine[]): number {
  return lines.reduce((sum, { price, quantity }) => sum + (price.unit_amount ?? 0) * quantity, 0);
}

function summary(work: Work, session: Session): Html {
  const lines = orderedLines(work, session.id);
  const currency = session.currency ?? 'usd';
  const discount = session.total_details?.amount_discount ?? 0;
  const trialEnd = trialEndOf(work.state.orders.get(session.id), work.now);
  return html`<section aria-label="Order">
    <dl>
      ${lines.map(
        (line) =>
          html`<dt>${lineText(work, line)}</dt>
            <dd>${formatPrice(line.price)}</dd>`,
      )}
      ${
        discount > 0 &&
        html`<dt>Discount</dt>
          <dd>${formatMoney(-discount, currency)}</dd>`
      }
      <dt>Due today</dt>
      <dd><strong>${formatMoney(session.amount_total ?? 0, currency)}</strong></dd>
    </dl>
    ${
      trialEnd !== null &&
      html`<p class="note">
        A free trial comes first: ${formatMoney(total(lines), currency)} on ${formatDate(trialEnd)}, unless it is
        cancelled before.
      </p>`
    }
  </section>`;
}

export const knownEmail = (session: Session): string | null =>
  session.customer_details?.email ?? session.customer_email;

export const emailField = (session: Session, { form, errors }: Typed): Html => {
  const email = knownEmail(session);
  const facts = { name: 'email', label: 'Email', autocomplete: 'email', type: 'email' } as const;
  return email === null
    ? field({ ...facts, value: form.get('email') ?? '' }, errors.email)
    : html`<p>For <strong>${email}</strong></p>`;
};

/** With `if_required` a trial begins without a card, and so does what costs nothing. */
export const wantsCard = ({ mode, payment_method_collection: collection, amount_total: due }: Session): boolean =>
  mode === 'setup' || collection !== 'if_required' || (due ?? 0) > 0;

/** A code can be redeemed while none has been. */
const promotionForm = (session: Session, { form, errors }: Typed): Html | false =>
  session.allow_promotion_codes === true &&
  session.discounts?.length === 0 &&
  html`<form method="post" novalidate>
    <section aria-label="Promotion code">
      ${field(
        {
          name: 'promotion_code',
          label: 'Promotion code',
          autocomplete: 'off',
          value: form.get('promotion_code') ?? '',
        },
        errors.promotion_code,
      )}
      <button name="apply" value="code">Apply</button>
    </section>
  </form>`;

const wayBack = ({ cancel_url: url }: Session, without: string): Html | false =>
  url !== null && html`<p><a href="${url}">Back, without ${without}</a></p>`;

/** What the page is for, in the words of its mode. */
function wordsOf(
  work: Work,
  session: Session,
): { readonly title: string; readonly button: string; readonly without: string } {
  const names = orderedLines(work, session.id)
    .map((line) => lineText(work, line))
    .join(', ');
  if (session.mode === 'setup')
    return { title: 'Save a card for later', button: 'Save card', without: 'saving a card' };
  if (session.mode === 'payment') return { title: `Pay for ${names}`, button: 'Pay', without: 'paying' };
  return { title: `Subscribe to ${names}`, button: 'Subscribe', without: 'subscribing' };
}

/** All that somebody sees who pays on Stripe's page, or on Stripe's page inside the shop's. */
export function payBody(work: Work, session: Session, typed: Typed): Html {
  const { title, button, without } = wordsOf(work, session);
  const faulty = typed.refusal ?? (Object.keys(typed.errors).length > 0 && 'Please look at the fields marked below.');
  return html`<h1>${title}</h1>
    ${session.mode !== 'setup' && summary(work, session)} ${promotionForm(session, typed)}
    ${faulty && html`<p class="notice" role="alert">${faulty}</p>`}
    <form method="post" novalidate>
      <section aria-label="Payment">
        ${emailField(session, typed)} ${wantsCard(session) && cardFields(typed.form, typed.errors)}
        <button class="main">${button}</button>
      </section>
    </form>
    ${accountForm(session, button, typed.errors)} ${wayBack(session, without)} ${wantsCard(session) && testCards()}`;
}

/** For a session that is over. */
export function closedPage(session: Session): PageAnswer {
  const complete = session.status === 'complete';
  const text = complete ? 'This checkout is complete.' : 'This checkout has expired.';
  const url = complete ? shopUrl(session) : session.cancel_url;
  const body = html`<h1>${text}</h1>
    <p>${complete ? 'Nothing more is to be paid here.' : 'Nothing was charged. Begin again from the shop.'}</p>
    ${url !== null && html`<p><a href="${url}">Back to the shop</a></p>`}`;
  return page(410, layout({ title: text, body }));
}
