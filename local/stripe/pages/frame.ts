import type Stripe from 'stripe';
import { shopUrl } from '../life/checkout-place.ts';
import { page, type ShownPage } from './answers.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';

type Session = Stripe.Checkout.Session;

export interface Framed {
  readonly status: ShownPage['status'];
  readonly body: Html;
  /** Why the last attempt came to nothing. */
  readonly refusal?: { readonly message: string; readonly code: string } | null;
}

/** The origin of the shop, in whose page the frame stands. */
export function shopOf(session: Session): string {
  const url = shopUrl(session);
  return url === null ? '' : new URL(url).origin;
}

/** A page in a frame: its script (stripe-js/browser/frame.ts) reads the first element, and tells the page around it. */
export function framed(session: Session, { status, body, refusal = null }: Framed): ShownPage {
  const told = html`<div
    id="told"
    hidden
    data-shop="${shopOf(session)}"
    data-state="${session.status}"
    data-back="${session.status === 'complete' ? shopUrl(session) : ''}"
    data-refusal="${refusal?.message}"
    data-code="${refusal?.code}"
  ></div>`;
  const head = html`<script type="module" src="/_page/frame.js"></script>`;
  return {
    ...page(
      status,
      layout({ title: 'Payment', bare: session.ui_mode === 'elements', head, body: html`${told}${body}` }),
    ),
    framedBy: shopOf(session),
  };
}
