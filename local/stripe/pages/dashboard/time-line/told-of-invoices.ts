import { formatDate } from '../../../life/money.ts';
import { numberAt, textAt } from '../fields.ts';
import { amountOf, type MarkKind, type Teller } from './telling.ts';

const numberOf = (invoice: unknown): string => `Invoice ${textAt(invoice, 'number') ?? 'without a number'}`;

const DAY = 24 * 60 * 60;

/** How long after an invoice was due it was paid; empty when at once. */
function lateness(invoice: unknown): string {
  const due = numberAt(invoice, 'status_transitions', 'finalized_at');
  const paid = numberAt(invoice, 'status_transitions', 'paid_at');
  if (due === null || paid === null || paid === due) return '';
  const days = Math.round((paid - due) / DAY);
  return days === 0 ? ', later that day' : `, ${days} ${days === 1 ? 'day' : 'days'} late`;
}

const paid: Teller = ({ data: { object } }) =>
  numberAt(object, 'amount_paid') === 0
    ? { kind: 'free', words: `${numberOf(object)}: nothing was due` }
    : { kind: 'paid', words: `${numberOf(object)}: ${amountOf(object, 'amount_paid')} paid${lateness(object)}` };

const failed: Teller = ({ data: { object } }) => {
  const next = numberAt(object, 'next_payment_attempt');
  const after = next === null ? 'no further attempt' : `next attempt ${formatDate(next)}`;
  const attempt = `attempt ${numberAt(object, 'attempt_count')} of ${amountOf(object, 'amount_remaining')} failed`;
  return { kind: 'failed', words: `${numberOf(object)}: ${attempt}, ${after}` };
};

const said =
  (kind: MarkKind, words: string): Teller =>
  ({ data: { object } }) => ({ kind, words: `${numberOf(object)}: ${words}` });

const moneyMoved =
  (kind: MarkKind, field: string, words: string): Teller =>
  ({ data: { object } }) => ({ kind, words: `${amountOf(object, field)} ${words}` });

export const TOLD_OF_INVOICES: Readonly<Record<string, Teller>> = {
  'invoice.paid': paid,
  'invoice.payment_failed': failed,
  'invoice.payment_action_required': said('asks', 'the bank asks the customer to authenticate'),
  'invoice.voided': said('written_off', 'voided'),
  'invoice.marked_uncollectible': said('written_off', 'given up as uncollectible'),
  'charge.refunded': moneyMoved('refunded', 'amount_refunded', 'given back'),
  'charge.dispute.created': moneyMoved('disputed', 'amount', 'disputed'),
};
