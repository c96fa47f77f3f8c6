/** The visitor's invoices, and what of them is to be paid. It is given what it draws with. */
import * as cardSaid from '#words/card';
import * as words from '#words/invoices';
import type { actionButton } from './action.ts';
import type { el, focusOn, linkButton } from './dom.ts';
import type { Format } from './format.ts';
import type { Fields } from './read.ts';
import { type Card, cardWords, toCard } from './card.ts';

export interface Kit {
  readonly el: typeof el;
  readonly linkButton: typeof linkButton;
  readonly actionButton: typeof actionButton;
  readonly focusOn: typeof focusOn;
  readonly format: Format;
  /** A page of invoices, the first or the one after; null when the visitor is being led away to sign in. */
  readonly ask: (after: string | null) => Promise<Fields | null>;
}

/** An invoice of docs/api.md. */
interface Invoice {
  readonly number: string;
  readonly created: number;
  readonly total: number;
  readonly amountDue: number;
  readonly currency: string;
  readonly status: string;
  readonly refunded: number;
  readonly disputed: boolean;
  readonly actionRequired: boolean;
  readonly processing: boolean;
  readonly nextAttempt: number | null;
  readonly hostedUrl: string | null;
  readonly pdfUrl: string | null;
}

interface Batch {
  readonly invoices: readonly Invoice[];
  readonly next: string | null;
  readonly card: Card | null;
}

function toBatch(page: Fields): Batch {
  const card = page.fieldsOrNull('card');
  return {
    invoices: page.list('invoices').map(toInvoice),
    next: page.textOrNull('next'),
    card: card && toCard(card),
  };
}

const toInvoice = (invoice: Fields): Invoice => ({
  number: invoice.textOrNull('number') ?? '',
  created: invoice.number('created'),
  total: invoice.number('total'),
  amountDue: invoice.number('amountDue'),
  currency: invoice.text('currency'),
  status: invoice.text('status'),
  refunded: invoice.number('refunded'),
  disputed: invoice.yes('disputed'),
  actionRequired: invoice.yes('actionRequired'),
  processing: invoice.yes('processing'),
  nextAttempt: invoice.numberOrNull('nextAttempt'),
  hostedUrl: invoice.textOrNull('hostedUrl'),
  pdfUrl: invoice.textOrNull('pdfUrl'),
});

/** So many are shown at first: the rest is a click away. */
const FEW = 3;

/** What stands in the account's view. */
export interface Places {
  readonly due: HTMLElement;
  readonly card: HTMLElement;
  readonly nextCharge: number | null;
  /** Of the subscription: a card, or another way of paying. */
  readonly hasMethod: boolean;
}

/** The list; what is to be paid goes into `due`, and what it is paid with into `card`. Null when the visitor is being led away. */
export async function invoiceParts(kit: Kit, places: Places): Promise<HTMLElement[] | null> {
  const page = await kit.ask(null);
  if (!page) return null;
  const first = toBatch(page);
  const open = first.invoices.find(({ amountDue }) => amountDue > 0);
  places.due.replaceChildren(...(open ? dueParts(kit, open) : []));
  places.card.replaceChildren(...cardParts(kit, first.card, places));
  const { el } = kit;
  if (first.invoices.length === 0) return [];
  return [el('h2', {}, words.invoices), ...list(kit, first)];
}

/** What the visitor is to do about an open invoice, and where. */
function dueParts({ el, linkButton, format }: Kit, invoice: Invoice): HTMLElement[] {
  const { actionRequired, processing, nextAttempt, hostedUrl, currency } = invoice;
  const amount = format.money(invoice.amountDue, currency);
  if (processing) return [el('p', {}, words.onItsWay(amount))];
  const again = nextAttempt === null ? '' : ` ${words.weTryAgain(format.date(nextAttempt))}`;
  const sentence = actionRequired ? words.toConfirm(amount) : words.isDue(amount) + again;
  const label = actionRequired ? words.confirm : words.pay(amount);
  return [el('p', {}, sentence), ...(hostedUrl ? [linkButton(label, hostedUrl)] : [])];
}

function cardParts({ el }: Kit, card: Card | null, { nextCharge, hasMethod }: Places): (HTMLElement | string)[] {
  if (!card) return [hasMethod ? cardSaid.atStripe : cardSaid.none];
  const { name, expiry, expiresFirst } = cardWords(card, nextCharge);
  return [el('bdi', {}, name), el('span', { class: expiresFirst ? 'expiring' : 'expiry' }, expiry)];
}

function list(kit: Kit, first: Batch): HTMLElement[] {
  const rows = kit.el('ul', { class: 'rows' });
  let { invoices: rest, next } = first;
  const show = (count: number): HTMLElement[] => {
    const shown = rest.slice(0, count).map((invoice) => row(kit, invoice));
    rest = rest.slice(count);
    rows.append(...shown);
    more.hidden = rest.length === 0 && next === null;
    return shown;
  };
  const run = async (): Promise<'leaving' | 'done'> => {
    if (rest.length === 0) {
      const page = await kit.ask(next);
      if (!page) return 'leaving';
      ({ invoices: rest, next } = toBatch(page));
    }
    kit.focusOn(show(rest.length)[0] ?? null);
    return 'done';
  };
  const more = kit.actionButton({ label: words.showMore, busy: words.fetchingMore, look: 'link', run });
  show(FEW);
  return [rows, more];
}

function row({ el, format }: Kit, invoice: Invoice): HTMLElement {
  const { pdfUrl, hostedUrl, number } = invoice;
  const [state, tone] = badge(invoice, format);
  const [link, name, label] = pdfUrl
    ? [pdfUrl, words.pdf, words.pdfOf(number)]
    : [hostedUrl, words.view, words.viewOf(number)];
  return el(
    'li',
    {},
    el('span', {}, format.date(invoice.created)),
    el('span', { class: 'sum' }, format.money(invoice.total, invoice.currency)),
    el('span', { class: `badge ${tone}` }, state),
    link ? el('a', { href: link, 'aria-label': label }, name) : null,
  );
}

function badge(invoice: Invoice, format: Format): readonly [label: string, tone: string] {
  const { refunded, total, currency } = invoice;
  if (invoice.disputed) return [words.disputed, 'warning'];
  if (refunded > 0)
    return [refunded < total ? words.refundedPartly(format.money(refunded, currency)) : words.refunded, ''];
  switch (invoice.status) {
    case 'paid':
      return [words.paid, 'good'];
    case 'open':
      return invoice.processing ? [words.processing, ''] : [words.due, 'warning'];
    case 'uncollectible':
      return [words.uncollectible, 'warning'];
    default:
      return [words.voided, ''];
  }
}
