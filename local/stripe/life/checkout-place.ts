import type Stripe from 'stripe';

type Session = Stripe.Checkout.Session;

/** Whether the form stands in a frame of the shop's own page, and not on a page of Stripe's. */
export const isFramed = ({ ui_mode: mode }: Session): boolean => mode === 'embedded_page' || mode === 'elements';

/** Where on the simulator the form is. Whoever knows the address may pay. */
export const formPath = (session: Session): string =>
  isFramed(session) ? `/c/embed/${session.client_secret}` : `/c/pay/${session.id}`;

/** Where the shop wants the customer when the session is complete. */
export function shopUrl({ id, success_url, return_url }: Session): string | null {
  const url = success_url ?? return_url;
  return url === undefined ? null : url.replaceAll('{CHECKOUT_SESSION_ID}', id);
}

/** Where a form that is done leads: to the shop, or back into its frame, which tells the page around it. */
export const doneUrl = (session: Session): string =>
  isFramed(session) ? formPath(session) : (shopUrl(session) ?? '/');
