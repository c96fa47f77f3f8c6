import type Stripe from 'stripe';
import type { Challenge } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { completeCheckout } from '../life/checkout.ts';
import { sessionOfIntent } from '../life/checkout-payment.ts';
import { doneUrl, formPath, isFramed } from '../life/checkout-place.ts';
import { resolveIntent } from '../life/authenticating.ts';
import { resolveSetup } from '../life/setting-up.ts';
import { type PageAnswer, page, type PageRequest, seeOther } from './answers.ts';
import { framed } from './frame.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';
import { notFound } from './not-found.ts';
import { keepCard } from './portal-card.ts';

/** Where the visitor goes on; null when what was to be authenticated is over. */
function checkoutAnswer(work: Work, challenge: Challenge & { kind: 'checkout' }, passed: boolean): string | null {
  const session = work.state.objects.checkoutSessions.get(challenge.session);
  if (session?.status !== 'open') return null;
  if (!passed) return `${formPath(session)}?authentication=failed`;
  const { card, email } = challenge;
  return doneUrl(completeCheckout(work, session, { card, email, authenticated: true }));
}

function portalAnswer(work: Work, challenge: Challenge & { kind: 'portal' }, passed: boolean): string | null {
  if (!passed) return `${challenge.retry}?authentication=failed`;
  const method = keepCard(work, challenge, challenge.card);
  if (method === null) return null;
  work.state.authenticatedMethods.add(method.id);
  return challenge.done;
}

function answered(work: Work, challenge: Challenge, passed: boolean): string | null {
  switch (challenge.kind) {
    case 'checkout':
      return checkoutAnswer(work, challenge, passed);
    case 'portal':
      return portalAnswer(work, challenge, passed);
    case 'setup_intent':
      return resolveSetup(work, challenge.id, passed);
    default:
      return resolveIntent(work, challenge.id, passed);
  }
}

/** Where an answer may lead in the end. */
function returnsTo({ state }: Work, challenge: Challenge): string | null | undefined {
  const { checkoutSessions, paymentIntents, setupIntents } = state.objects;
  switch (challenge.kind) {
    case 'checkout':
      return checkoutSessions.get(challenge.session)?.success_url;
    case 'payment_intent':
      return paymentIntents.get(challenge.id)?.next_action?.redirect_to_url?.return_url;
    case 'setup_intent':
      return setupIntents.get(challenge.id)?.next_action?.redirect_to_url?.return_url;
    default:
      return challenge.done;
  }
}

/** The shop that a passed challenge leads back to: the page's form must be allowed to end there. */
function formTo(work: Work, challenge: Challenge): string {
  const url = returnsTo(work, challenge);
  return url && URL.canParse(url) ? new URL(url).origin : '';
}

/** The session in whose frame the bank asks, if it is one's. */
function frameOf({ state }: Work, challenge: Challenge): Stripe.Checkout.Session | undefined {
  const session =
    challenge.kind === 'checkout'
      ? state.objects.checkoutSessions.get(challenge.session)
      : challenge.kind === 'payment_intent' && sessionOfIntent(state, challenge.id);
  return session && isFramed(session) ? session : undefined;
}

const over = (): PageAnswer =>
  page(
    410,
    layout({
      title: '3-D Secure',
      body: html`<h1>There is nothing to authenticate any more</h1>
        <p><a href="/">To the simulator's start page</a></p>`,
    }),
  );

const question = html`<h1>Is it you?</h1>
  <section aria-label="3-D Secure">
    <p>
      This is where a customer's bank would ask for a code or a fingerprint. In this simulator, you say how it ends.
    </p>
    <form method="post" class="row">
      <button name="result" value="passed">Complete authentication</button>
      <button name="result" value="failed">Fail authentication</button>
    </form>
  </section>`;

/** `/3ds/<token>`: the bank's challenge. It can be answered once. */
export function challengePage(work: Work, { method, path, form }: PageRequest): PageAnswer {
  const [token = ''] = path;
  const challenge = work.state.challenges.get(token);
  if (challenge === undefined || path.length !== 1) return notFound('There is no such authentication');
  const result = form.get('result');
  if (method === 'GET' || (result !== 'passed' && result !== 'failed')) {
    const frame = frameOf(work, challenge);
    if (frame !== undefined) return framed(frame, { status: 200, body: question });
    return { ...page(200, layout({ title: '3-D Secure', body: question })), formTo: formTo(work, challenge) };
  }
  work.state.challenges.delete(token);
  const next = answered(work, challenge, result === 'passed');
  return next === null ? over() : seeOther(next);
}
