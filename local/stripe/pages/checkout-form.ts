import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { isFramed } from '../life/checkout-place.ts';
import { type PageAnswer, page, type ShownPage } from './answers.ts';
import { cardFields, testCards } from './card-fields.ts';
import { emailField, knownEmail, payBody, type Typed, wantsCard } from './checkout-view.ts';
import { framed } from './frame.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';

type Session = Stripe.Checkout.Session;

/** Where a paid form leads: the browser applies the page's `form-action` to that redirect as well. */
const formTo = ({ success_url: url }: Session): string => (url === null ? '' : new URL(url).origin);

/** What the Payment Element shows: the shop's page says what is bought, has the button, and tells what the bank says. */
const element = (session: Session, typed: Typed): Html =>
  html`<form method="post" novalidate aria-label="Payment">
      ${knownEmail(session) === null && emailField(session, typed)}
      ${wantsCard(session) && cardFields(typed.form, typed.errors)}
    </form>
    ${wantsCard(session) && testCards()}`;

/** The form of an open session, at its place. */
export function showForm(work: Work, session: Session, status: ShownPage['status'], typed: Typed): PageAnswer {
  if (!isFramed(session)) {
    const content = layout({ title: 'Checkout', body: payBody(work, session, typed) });
    return { ...page(status, content), formTo: formTo(session) };
  }
  const body = session.ui_mode === 'elements' ? element(session, typed) : payBody(work, session, typed);
  return framed(session, { status, body, refusal: refusalIn(typed) });
}

/** Why it was not paid, as Stripe.js tells it: a bank's refusal has a code, a field that is not right has none. */
function refusalIn({ refusal, errors }: Typed): { message: string; code: string } | null {
  if (refusal !== undefined) return { message: refusal, code: 'paymentFailed' };
  const [message] = Object.values(errors);
  return message === undefined ? null : { message, code: '' };
}
