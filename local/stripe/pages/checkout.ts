import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { applyPromotionCode } from '../life/checkout-codes.ts';
import { formPath, isFramed } from '../life/checkout-place.ts';
import { type PageAnswer, type PageRequest, seeOther } from './answers.ts';
import { showForm } from './checkout-form.ts';
import { pay } from './checkout-pay.ts';
import { closedPage, NOTHING_TYPED, type Typed } from './checkout-view.ts';
import { notFound } from './not-found.ts';

type Session = Stripe.Checkout.Session;

const NOT_AUTHENTICATED: Typed = {
  ...NOTHING_TYPED,
  refusal: 'We are unable to authenticate your payment method. Please choose another one and try again.',
};

function applyCode(work: Work, session: Session, form: URLSearchParams): PageAnswer {
  const message = applyPromotionCode(work, session, (form.get('promotion_code') ?? '').trim());
  if (message === null) return seeOther(formPath(session));
  return showForm(work, session, 422, { form, errors: { promotion_code: message } });
}

/** The form of an open session: shown, or sent. */
export function formPage(work: Work, session: Session, { method, form }: PageRequest): PageAnswer {
  if (method === 'POST' && form.has('apply')) return applyCode(work, session, form);
  if (method === 'POST') return pay(work, session, form);
  return showForm(work, session, 200, form.get('authentication') === 'failed' ? NOT_AUTHENTICATED : NOTHING_TYPED);
}

/** `/c/pay/<session id>`: the hosted Checkout page. */
export function checkoutPage(work: Work, request: PageRequest): PageAnswer {
  const session = work.state.objects.checkoutSessions.get(request.path[0] ?? '');
  const hosted = session !== undefined && !isFramed(session);
  if (!hosted || request.path.length !== 1) return notFound('There is no such checkout');
  return session.status === 'open' ? formPage(work, session, request) : closedPage(session);
}
