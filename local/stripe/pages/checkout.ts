import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { applyPromotionCode } from '../life/checkout-codes.ts';
import { type PageAnswer, page, type PageRequest, seeOther } from './answers.ts';
import { pay } from './checkout-pay.ts';
import { closedPage, formTo, NOTHING_TYPED, payPage, type Typed } from './checkout-view.ts';
import { notFound } from './not-found.ts';

type Session = Stripe.Checkout.Session;

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
