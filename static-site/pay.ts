/**
 * What was charged beside the subscription, and what of it the visitor is to pay: a script of its own, for those who
 * come to `/pay`. It is given what it draws with, as invoices.ts is.
 */
import { backToPlans, openingCheckout } from '#words/page';
import * as words from '#words/pay';
import type { actionButton } from './action.ts';
import type { Checkout, Destination } from './contract.ts';
import type { el } from './dom.ts';
import type { Format } from './format.ts';
import type { Fields } from './read.ts';

export interface Kit {
  readonly el: typeof el;
  readonly actionButton: typeof actionButton;
  readonly format: Format;
  readonly charges: () => Promise<Fields>;
  /** Leads to Stripe Checkout, to pay this charge; without one, to give a card for later. */
  readonly checkout: (charge?: string) => Promise<Destination | null>;
  readonly leaveFor: (url: string) => void;
}

/** A charge of docs/api.md. */
interface Charge {
  readonly id: string;
  readonly amount: number;
  readonly currency: string;
  readonly description: string;
  readonly status: string;
  readonly at: number;
  readonly payable: boolean;
}

const toCharge = (charge: Fields): Charge => ({
  id: charge.text('id'),
  amount: charge.number('amount'),
  currency: charge.text('currency'),
  description: charge.text('description'),
  status: charge.text('status'),
  at: charge.number('at'),
  payable: charge.yes('payable'),
});

/** @param came the checkout that the visitor comes from @param wanted the charge that a link named */
export async function payParts(kit: Kit, came: Checkout | null, wanted: string | null): Promise<HTMLElement[]> {
  const { el, actionButton } = kit;
  const charges = (await kit.charges()).list('charges').map(toCharge);
  const due = charges.filter(({ payable }) => payable);
  const first = due.find(({ id }) => id === wanted) ?? due[0];
  const news = newsOf(came);
  const card = actionButton({
    label: words.saveCard,
    busy: openingCheckout,
    look: first ? 'button quiet' : 'button',
    run: () => goTo(kit),
  });
  const notice = el(
    'section',
    { class: 'notice' },
    el('h1', {}, news ?? (first ? words.paymentDue : words.nothingDue)),
    ...due.toSorted((a) => (a === first ? -1 : 0)).flatMap((charge) => dueParts(kit, charge)),
    el('p', {}, words.onlyWhatWeTellYou),
    el('div', { class: 'actions' }, card, el('a', { class: 'button quiet', href: '/' }, backToPlans)),
  );
  return charges.length === 0 ? [notice] : [notice, el('section', { class: 'invoices' }, ...list(kit, charges))];
}

function newsOf(came: Checkout | null): string | null {
  if (came?.status !== 'complete') return came && words.notFinished;
  return came.mode === 'setup' ? words.cardSaved : words.thankYou;
}

function dueParts(kit: Kit, { id, amount, currency, description, status }: Charge): HTMLElement[] {
  const { el, actionButton, format } = kit;
  const why = status === 'declined' ? words.declined : words.toConfirm;
  const label = words.pay(format.money(amount, currency));
  return [
    el('p', {}, el('strong', {}, description), why),
    actionButton({ label, busy: openingCheckout, run: () => goTo(kit, id) }),
  ];
}

async function goTo({ checkout, leaveFor }: Kit, charge?: string): Promise<'leaving'> {
  const destination = await checkout(charge);
  if (destination) leaveFor(destination.url);
  return 'leaving';
}

function list({ el, format }: Kit, charges: readonly Charge[]): HTMLElement[] {
  const rows = charges.map((charge) => {
    const [label, tone] = BADGES[charge.status] ?? [words.underWay, ''];
    return el(
      'li',
      {},
      el('span', {}, format.date(charge.at)),
      el('span', {}, charge.description),
      el('span', { class: `badge ${tone}` }, label),
      el('span', { class: 'sum' }, format.money(charge.amount, charge.currency)),
    );
  });
  return [el('h2', {}, words.payments), el('ul', { class: 'rows' }, ...rows)];
}

const BADGES: Readonly<Record<string, readonly [label: string, tone: string]>> = {
  succeeded: [words.paid, 'good'],
  declined: [words.due, 'warning'],
  action_required: [words.due, 'warning'],
};
