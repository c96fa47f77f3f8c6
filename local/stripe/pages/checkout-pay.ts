import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import { isTestAccount, newAccountMethod } from '../life/bank-accounts.ts';
import { challengePath } from '../life/challenges.ts';
import { completeCheckout, type Payment } from '../life/checkout.ts';
import { payOnce, takeForFree } from '../life/checkout-payment.ts';
import { doneUrl } from '../life/checkout-place.ts';
import { bankRefusesAll } from '../life/paying.ts';
import { asksForAuthentication, attachDecline, chargeDecline } from '../life/test-cards.ts';
import { newCardMethod } from '../resources/payment-methods.ts';
import { type PageAnswer, seeOther } from './answers.ts';
import { type AcceptedCard, readCard, type ReadCard } from './cards.ts';
import { takesAccounts } from './checkout-bank.ts';
import { showForm } from './checkout-form.ts';
import { knownEmail, type Typed, wantsCard } from './checkout-view.ts';

type Session = Stripe.Checkout.Session;

const DECLINED = 'Your card was declined.';

/** What was submitted, and the page again with what is wrong with it. */
interface Submitted {
  readonly work: Work;
  readonly session: Session;
  readonly email: string;
  readonly again: (status: 402 | 422, typed: Omit<Typed, 'form'>) => PageAnswer;
}

function emailOf(session: Session, form: URLSearchParams): string | null {
  const email = knownEmail(session) ?? (form.get('email') ?? '').trim();
  return /^[^\s@]+@[^\s@]+$/.test(email) ? email : null;
}

const thanks = (session: Session): PageAnswer => seeOther(doneUrl(session));

const complete = ({ work, session, email }: Submitted, payment: Omit<Payment, 'authenticated' | 'email'>): PageAnswer =>
  thanks(completeCheckout(work, session, { ...payment, email, authenticated: false }));

/** Something that is sold once is paid at once, or its intent says why not. */
function once({ work, session, email, again }: Submitted, method: Stripe.PaymentMethod): PageAnswer {
  const payer = { email, name: method.billing_details.name };
  const intent = payOnce(work, session, { method, payer });
  if (intent.status === 'succeeded' || intent.status === 'processing') return thanks(session);
  const challenge = intent.next_action?.redirect_to_url?.url;
  if (challenge) return seeOther(challenge);
  return again(402, { errors: {}, refusal: intent.last_payment_error?.message ?? DECLINED });
}

function withoutCard(submitted: Submitted): PageAnswer {
  const { work, session, email } = submitted;
  if (session.mode !== 'payment') return complete(submitted, { card: null });
  takeForFree(work, session, { email, name: null });
  return thanks(session);
}

function byAccount(submitted: Submitted, account: string): PageAnswer {
  const { work, session, email } = submitted;
  if (session.mode !== 'payment') return complete(submitted, { card: null, account });
  return once(submitted, newAccountMethod(account, { email, name: null }, work.accountNow));
}

/** A subscription, or a card for later: made only once the bank agrees. */
function byCard(submitted: Submitted, { card, behavior }: AcceptedCard): PageAnswer {
  const { work, session, email, again } = submitted;
  const charged = (session.amount_total ?? 0) > 0;
  const decline = charged ? chargeDecline(behavior) : attachDecline(behavior);
  if (decline !== null) return again(402, { errors: {}, refusal: decline.message });
  if (charged && bankRefusesAll(work)) return again(402, { errors: {}, refusal: DECLINED });
  if (asksForAuthentication(behavior)) {
    return seeOther(challengePath(work, { kind: 'checkout', session: session.id, card, email }));
  }
  return complete(submitted, { card });
}

type Means = { readonly kind: 'nothing' } | { readonly kind: 'account'; readonly account: string } | ReadCard;

/** What somebody wants to pay with: nothing where nothing is due, an account, or a card. */
function meansIn(session: Session, form: URLSearchParams, now: number): Means {
  if (!wantsCard(session)) return { kind: 'nothing' };
  if (form.get('by') !== 'account' || !takesAccounts(session)) return readCard(form, now);
  const account = (form.get('account') ?? '').replace(/\s/g, '');
  if (isTestAccount(account)) return { kind: 'account', account };
  return { kind: 'invalid', errors: { account: 'The simulator knows the two accounts below only.' } };
}

function payBy(submitted: Submitted, means: Exclude<Means, { kind: 'invalid' }>): PageAnswer {
  if (means.kind === 'nothing') return withoutCard(submitted);
  if (means.kind === 'account') return byAccount(submitted, means.account);
  const { work, session } = submitted;
  return session.mode === 'payment'
    ? once(submitted, newCardMethod(means.card, work.accountNow))
    : byCard(submitted, means);
}

/** The page's form was sent: leads to the shop, to the bank's challenge, or to the page again. */
export function pay(work: Work, session: Session, form: URLSearchParams): PageAnswer {
  const again: Submitted['again'] = (status, typed) => showForm(work, session, status, { form, ...typed });
  const means = meansIn(session, form, work.accountNow);
  const email = emailOf(session, form);
  const wrong = email === null ? { email: 'Enter an email address.' } : {};
  if (means.kind === 'invalid') return again(422, { errors: { ...means.errors, ...wrong } });
  return email === null ? again(422, { errors: wrong }) : payBy({ work, session, email, again }, means);
}
