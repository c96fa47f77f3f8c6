import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { applyPromotionCode } from '../life/checkout-codes.ts';
import { challengePath } from '../life/challenges.ts';
import { completeCheckout, type Payment, trialEndOf } from '../life/checkout.ts';
import { productName } from '../life/invoice-lines.ts';
import { formatDate, formatMoney, formatPrice } from '../life/money.ts';
import { isTestAccount } from '../life/bank-accounts.ts';
import { bankRefusesAll } from '../life/paying.ts';
import { asksForAuthentication } from '../life/test-cards.ts';
import { type OrderedLine, orderedLines } from '../life/ordered-lines.ts';
import { type PageAnswer, page, type PageRequest, seeOther } from './answers.ts';
import { cardFields, field, testCards } from './card-fields.ts';
import { accountForm, takesAccounts } from './checkout-bank.ts';
import { type FieldErrors, tryCard } from './cards.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { notFound } from './not-found.ts';

type Session = Stripe.Checkout.Session;

interface Typed {
  readonly form: URLSearchParams;
  readonly errors: FieldErrors;
  /** A refusal of the card as a whole. */
  readonly refusal?: string;
}
const NOTHING_TYPED: Typed = { form: new URLSearchParams(), errors: {} };

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

const knownEmail = (session: Session): string | null => session.customer_details?.email ?? session.customer_email;

const emailField = (session: Session, { form, errors }: Typed): Html => {
  const email = knownEmail(session);
  const facts = { name: 'email', label: 'Email', autocomplete: 'email', type: 'email' } as const;
  return email === null
    ? field({ ...facts, value: form.get('email') ?? '' }, errors.email)
    : html`<p>For <strong>${email}</strong></p>`;
};

/** With `if_required` a trial begins without a card. */
const wantsCard = ({ mode, payment_method_collection: collection, amount_total: due }: Session): boolean =>
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

const wayBack = ({ cancel_url: url, mode }: Session): Html | false =>
  url !== null && html`<p><a href="${url}">Back, without ${mode === 'setup' ? 'saving a card' : 'subscribing'}</a></p>`;

function payPage(work: Work, session: Session, typed: Typed): Html {
  const names = orderedLines(work, session.id).map((line) => lineText(work, line));
  const faulty = typed.refusal ?? (Object.keys(typed.errors).length > 0 && 'Please look at the fields marked below.');
  const setup = session.mode === 'setup';
  const body = html`<h1>${setup ? 'Save a card for later' : `Subscribe to ${names.join(', ')}`}</h1>
    ${!setup && summary(work, session)} ${promotionForm(session, typed)}
    ${faulty && html`<p class="notice" role="alert">${faulty}</p>`}
    <form method="post" novalidate>
      <section aria-label="Payment">
        ${emailField(session, typed)} ${wantsCard(session) && cardFields(typed.form, typed.errors)}
        <button class="main">${setup ? 'Save card' : 'Subscribe'}</button>
      </section>
    </form>
    ${accountForm(session, typed.errors)} ${wayBack(session)} ${wantsCard(session) && testCards()}`;
  return layout({ title: 'Checkout', body });
}

function closedPage(session: Session): PageAnswer {
  const complete = session.status === 'complete';
  const text = complete ? 'This checkout is complete.' : 'This checkout has expired.';
  const url = complete ? returnUrl(session) : session.cancel_url;
  const body = html`<h1>${text}</h1>
    <p>${complete ? 'Nothing more is to be paid here.' : 'Nothing was charged. Begin again from the shop.'}</p>
    ${url !== null && html`<p><a href="${url}">Back to the shop</a></p>`}`;
  return page(410, layout({ title: text, body }));
}

export const returnUrl = ({ id, success_url: url }: Session): string | null =>
  url === null ? null : url.replaceAll('{CHECKOUT_SESSION_ID}', id);

/** Where a paid form leads: the browser applies the page's `form-action` to that redirect as well. */
const formTo = ({ success_url: url }: Session): string => (url === null ? '' : new URL(url).origin);

function emailOf(session: Session, form: URLSearchParams): string | null {
  const email = knownEmail(session) ?? (form.get('email') ?? '').trim();
  return /^[^\s@]+@[^\s@]+$/.test(email) ? email : null;
}

const complete = (work: Work, session: Session, payment: Omit<Payment, 'authenticated'>): PageAnswer =>
  seeOther(returnUrl(completeCheckout(work, session, { ...payment, authenticated: false })) ?? '/');

function pay(work: Work, session: Session, form: URLSearchParams): PageAnswer {
  const again = (status: 402 | 422, typed: Omit<Typed, 'form'>): PageAnswer => ({
    ...page(status, payPage(work, session, { form, ...typed })),
    formTo: formTo(session),
  });
  const email = emailOf(session, form);
  const emailError = email === null ? { email: 'Enter an email address.' } : {};
  if (!wantsCard(session)) {
    return email === null ? again(422, { errors: emailError }) : complete(work, session, { card: null, email });
  }
  if (form.get('by') === 'account' && takesAccounts(session)) {
    const account = (form.get('account') ?? '').replace(/\s/g, '');
    const wrong = isTestAccount(account) ? {} : { account: 'The simulator knows the two accounts below only.' };
    if (email === null || wrong.account) return again(422, { errors: { ...wrong, ...emailError } });
    return complete(work, session, { card: null, account, email });
  }
  const charged = (session.amount_total ?? 0) > 0;
  const outcome = tryCard(form, { charged, now: work.now });
  if (outcome.kind === 'invalid') return again(422, { errors: { ...outcome.errors, ...emailError } });
  if (email === null) return again(422, { errors: emailError });
  if (outcome.kind === 'declined') return again(402, { errors: {}, refusal: outcome.message });
  if (charged && bankRefusesAll(work)) return again(402, { errors: {}, refusal: 'Your card was declined.' });
  const { card, behavior } = outcome;
  if (asksForAuthentication(behavior)) {
    return seeOther(challengePath(work, { kind: 'checkout', session: session.id, card, email }));
  }
  return complete(work, session, { card, email });
}

const NOT_AUTHENTICATED: Typed = {
  ...NOTHING_TYPED,
  refusal: 'We are unable to authenticate your payment method. Please choose another one and try again.',
};

function applyCode(work: Work, session: Session, form: URLSearchParams): PageAnswer {
  const message = applyPromotionCode(work, session, (form.get('promotion_code') ?? '').trim());
  if (message === null) return seeOther(`/c/pay/${session.id}`);
  const typed = { form, errors: { promotion_code: message } };
  return { ...page(422, payPage(work, session, typed)), formTo: formTo(session) };
}

/** `/c/pay/<session id>`: the hosted Checkout page. */
export function checkoutPage(work: Work, { method, path, form }: PageRequest): PageAnswer {
  const session = work.state.objects.checkoutSessions.get(path[0] ?? '');
  if (session === undefined || path.length !== 1) return notFound('There is no such checkout');
  if (session.status !== 'open') return closedPage(session);
  if (method === 'POST' && form.has('apply')) return applyCode(work, session, form);
  if (method === 'POST') return pay(work, session, form);
  const typed = form.get('authentication') === 'failed' ? NOT_AUTHENTICATED : NOTHING_TYPED;
  return { ...page(200, payPage(work, session, typed)), formTo: formTo(session) };
}
