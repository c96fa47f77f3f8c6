import { formatDate } from '../../../life/money.ts';
import { numberAt, textAt } from '../fields.ts';
import { amountOf, type MarkKind, type Teller } from './telling.ts';

const numberOf = (invoice: unknown): string => `Invoice ${textAt(invoice, 'number') ?? 'without a number'}`;

const paid: Teller = ({ data: { object } }) => {
  if (numberAt(object, 'amount_paid') === 0) return { kind: 'free', words: `${numberOf(object)}: nothing was due` };
  const attempts = numberAt(object, 'attempt_count') ?? 0;
  const late = attempts > 1 ? `, at attempt ${attempts}` : '';
  return { kind: 'paid', words: `${numberOf(object)}: ${amountOf(object, 'amount_paid')} paid${late}` };
};

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
