import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Work } from '../core/work.ts';
import { header, readBody, send } from '../wire/http.ts';
import { type JsonAnswer, type PageAnswer, page, type PageRequest, type ShownPage } from './answers.ts';
import { challengePage } from './challenge.ts';
import { checkoutPage } from './checkout.ts';
import { dashboardPage } from './dashboard/dashboard.ts';
import type { Desk } from './dashboard/desk.ts';
import { DASHBOARD_STYLE } from './dashboard/style.ts';
import { embeddedPage, sessionData } from './embedded.ts';
import { html } from './html.ts';
import { invoicePage } from './invoice.ts';
import { layout } from './layout.ts';
import { notFound } from './not-found.ts';
import { portalPage } from './portal.ts';
import { createScript } from './script.ts';
import { STYLE } from './style.ts';

export interface PageSettings {
  /** @param path the page's, which says whom it is about */
  readonly begin: (path: string) => Work;
  /** What the dashboard shows beside the state. */
  readonly desk: () => Omit<Desk, 'work'>;
  readonly log: (line: string) => void;
}

const PAGES = [
  { prefix: '/c/pay/', answer: checkoutPage },
  { prefix: '/c/embed/', answer: embeddedPage },
  { prefix: '/c/session/', answer: sessionData },
  { prefix: '/p/session/', answer: portalPage },
  { prefix: '/i/', answer: invoicePage },
  { prefix: '/3ds/', answer: challengePage },
] as const;

/** `same-origin`, not `no-referrer`: with the latter a browser would send `Origin: null` with the page's own forms. */
function headersFor({ formTo = '', scripted = false, framedBy }: ShownPage): Record<string, string> {
  const script = scripted || framedBy ? "script-src 'self'; connect-src 'self'; " : '';
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': `default-src 'none'; style-src 'self'; ${script}form-action 'self' ${formTo}; base-uri 'none'; frame-ancestors ${framedBy ?? "'none'"}`,
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
  };
}

const PDF_HEADERS = {
  'Content-Type': 'application/pdf',
  'Content-Disposition': 'inline; filename="invoice.pdf"',
  'X-Content-Type-Options': 'nosniff',
};

const jsonHeaders = ({ askedBy }: JsonAnswer): Record<string, string> => ({
  'Content-Type': 'application/json',
  'Access-Control-Allow-Origin': askedBy,
  'X-Content-Type-Options': 'nosniff',
});

/** False for a form that another site posts in a visitor's name. */
function isOwnForm(request: IncomingMessage): boolean {
  const origin = header(request, 'origin');
  return origin === undefined || origin === `http://${request.headers.host}`;
}

const foreignForm = (): PageAnswer =>
  page(422, layout({ title: 'Refused', body: html`<h1>This form came from another site</h1>` }));

function hostedPage(work: Work, pathname: string, request: Omit<PageRequest, 'path'>): PageAnswer {
  const found = PAGES.find(({ prefix }) => pathname.startsWith(prefix));
  if (found === undefined) return notFound();
  return found.answer(work, { ...request, path: pathname.slice(found.prefix.length).split('/') });
}

/** The files that pages refer to, by their addresses. */
function createAssets(): ReadonlyMap<string, { readonly type: string; readonly text: () => string }> {
  return new Map([
    ['/_page/style.css', { type: 'text/css', text: () => STYLE }],
    ['/_page/dashboard.css', { type: 'text/css', text: () => DASHBOARD_STYLE }],
    ['/_page/dashboard.js', { type: 'text/javascript', text: createScript('dashboard/browser/main.ts') }],
    ['/_page/frame.js', { type: 'text/javascript', text: createScript('stripe-js/browser/frame.ts') }],
    // Where js.stripe.com has Stripe.js, in the release that goes with the API version spoken here.
    ['/endive/stripe.js', { type: 'text/javascript', text: createScript('stripe-js/browser/main.ts', 'iife') }],
  ]);
}

/** The pages for people: Checkout, the billing portal, invoices, and the dashboard. */
export function createPages({ begin, desk, log }: PageSettings) {
  const assets = createAssets();

  async function answer(request: IncomingMessage, url: URL): Promise<PageAnswer> {
    const method = request.method === 'POST' ? 'POST' : 'GET';
    if (method === 'POST' && !isOwnForm(request)) return foreignForm();
    const form = method === 'POST' ? new URLSearchParams(await readBody(request)) : url.searchParams;
    const work = begin(url.pathname);
    const ofDashboard = dashboardPage({ work, ...desk() }, url.pathname, url.searchParams);
    return ofDashboard ?? hostedPage(work, url.pathname, { method, form });
  }

  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const asset = assets.get(url.pathname);
    if (asset !== undefined) {
      send(response, 200, { 'Content-Type': `${asset.type}; charset=utf-8` }, asset.text());
      return;
    }
    const result = await answer(request, url);
    // Addresses of pages let their holder in: the log says what kind of page it was, and no more.
    log(`${request.method} page /${url.pathname.split('/')[1]} ${result.status}`);
    if (result.status === 303) send(response, 303, { Location: result.location }, '');
    else if ('json' in result) send(response, result.status, jsonHeaders(result), JSON.stringify(result.json));
    else if ('pdf' in result) send(response, 200, PDF_HEADERS, result.pdf);
    else send(response, result.status, headersFor(result), result.page.html);
  };
}
