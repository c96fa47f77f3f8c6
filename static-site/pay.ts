/**
 * What was charged beside the subscription, and what of it the visitor is to pay: a script of its own, for those who
 * come to `/pay`. It is given what it draws with, as invoices.ts is.
 */
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
    label: 'Save a card for later',
    busy: 'Opening Checkout…',
    look: first ? 'button quiet' : 'button',
    run: () => goTo(kit),
  });
  const notice = el(
    'section',
    { class: 'notice' },
    el('h1', {}, news ?? (first ? 'A payment is due' : 'Nothing is due')),
    ...due.toSorted((a) => (a === first ? -1 : 0)).flatMap((charge) => dueParts(kit, charge)),
    el('p', {}, 'A card you save is charged only for what we tell you of. Your subscription stays with its own.'),
    el('div', { class: 'actions' }, card, el('a', { class: 'button quiet', href: '/' }, 'Back to plans')),
  );
  return charges.length === 0 ? [notice] : [notice, el('section', { class: 'invoices' }, ...list(kit, charges))];
}

function newsOf(came: Checkout | null): string | null {
  if (came?.status !== 'complete') return came && 'This checkout is not finished';
  return came.mode === 'setup' ? 'Your card is saved' : 'Thank you, your payment went through';
}

function dueParts(kit: Kit, { id, amount, currency, description, status }: Charge): HTMLElement[] {
  const { el, actionButton, format } = kit;
  const why = status === 'declined' ? 'your card was declined.' : 'your bank asks you to confirm it.';
  const label = `Pay ${format.money(amount, currency)} now`;
  return [
    el('p', {}, el('strong', {}, description), `: ${why}`),
    actionButton({ label, busy: 'Opening Checkout…', run: () => goTo(kit, id) }),
  ];
}

async function goTo({ checkout, leaveFor }: Kit, charge?: string): Promise<'leaving'> {
  const destination = await checkout(charge);
  if (destination) leaveFor(destination.url);
  return 'leaving';
}

function list({ el, format }: Kit, charges: readonly Charge[]): HTMLElement[] {
  const rows = charges.map((charge) => {
    const [label, tone] = BADGES[charge.status] ?? ['Under way', ''];
    return el(
      'li',
      {},
      el('span', {}, format.date(charge.at)),
      el('span', {}, charge.description),
      el('span', { class: `badge ${tone}` }, label),
      el('span', { class: 'sum' }, format.money(charge.amount, charge.currency)),
    );
  });
  return [el('h2', {}, 'Payments'), el('ul', { class: 'rows' }, ...rows)];
}

const BADGES: Readonly<Record<string, readonly [label: string, tone: string]>> = {
  succeeded: ['Paid', 'good'],
  declined: ['Due', 'warning'],
  action_required: ['Due', 'warning'],
};
