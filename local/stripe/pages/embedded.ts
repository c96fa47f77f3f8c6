import type Stripe from 'stripe';
import type { Work } from '../core/work.ts';
import type { PageAnswer, PageRequest } from './answers.ts';
import { formPage } from './checkout.ts';
import { framed, shopOf } from './frame.ts';
import { elementsSession } from './elements-session.ts';
import { html } from './html.ts';
import { notFound } from './not-found.ts';

type Session = Stripe.Checkout.Session;

/** The session that a client secret opens. */
function sessionOf({ state }: Work, secret: string): Session | undefined {
  const [id = ''] = secret.split('_secret_');
  const session = state.objects.checkoutSessions.get(id);
  return session?.client_secret === secret ? session : undefined;
}

/** A frame whose session is over; the page around it leads on. */
const over = (session: Session): PageAnswer =>
  framed(session, {
    status: session.status === 'complete' ? 200 : 410,
    body: html`<p>
      ${session.status === 'complete' ? 'Thank you.' : 'This checkout has expired. Nothing was charged.'}
    </p>`,
  });

/** `/c/embed/<client secret>`: the form in a frame of the shop's page. */
export function embeddedPage(work: Work, request: PageRequest): PageAnswer {
  const [secret = ''] = request.path;
  const session = sessionOf(work, secret);
  if (session === undefined || request.path.length !== 1) return notFound('There is no such checkout');
  return session.status === 'open' ? formPage(work, session, request) : over(session);
}

/** `/c/session/<client secret>`: what Stripe.js knows of a session. */
export function sessionData(work: Work, { path: [secret = ''] }: PageRequest): PageAnswer {
  const session = sessionOf(work, secret);
  return session === undefined
    ? { status: 404, json: { error: { message: 'There is no such checkout.' } }, askedBy: '*' }
    : { status: 200, json: elementsSession(work, session), askedBy: shopOf(session) };
}
