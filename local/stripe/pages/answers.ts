import type { Html } from './html.ts';

export interface ShownPage {
  readonly status: 200 | 402 | 404 | 410 | 422;
  readonly page: Html;
  /** Another origin that the page's form may lead to. */
  readonly formTo?: string;
  /** Whether the page runs the dashboard's script. */
  readonly scripted?: boolean;
  /** The origin in whose pages it stands as a frame, and which its script tells how things are. */
  readonly framedBy?: string;
}
/** A PDF file, as text: it is ASCII throughout. */
export interface PdfAnswer {
  readonly status: 200;
  readonly pdf: string;
}
/** For the stand-in of Stripe.js, which asks from the shop's page. */
export interface JsonAnswer {
  readonly status: 200 | 404;
  readonly json: object;
  readonly askedBy: string;
}
export type PageAnswer = ShownPage | PdfAnswer | JsonAnswer | { readonly status: 303; readonly location: string };

export interface PageRequest {
  readonly method: 'GET' | 'POST';
  /** What follows the page's own prefix, split at the slashes. */
  readonly path: readonly string[];
  /** The query of a GET, the form of a POST. */
  readonly form: URLSearchParams;
}

export const page = (status: ShownPage['status'], content: Html): ShownPage => ({ status, page: content });

/** See other: the browser follows with a GET, so that reloading repeats nothing. */
export const seeOther = (location: string): PageAnswer => ({ status: 303, location });
