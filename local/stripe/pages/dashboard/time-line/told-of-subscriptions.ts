import type { StoredEvent } from '../../../core/state.ts';
import { formatDate } from '../../../life/money.ts';
import { has, numberAt, textAt, valueAt } from '../fields.ts';
import type { Names, Teller, Told } from './telling.ts';

const WHY_ENDED: Readonly<Record<string, string>> = {
  payment_failed: 'Ended, because the payment failed',
  payment_disputed: 'Ended, because a payment was disputed',
  cancellation_requested: 'Ended, as asked for',
};

const ended: Teller = ({ data: { object } }) => ({
  kind: 'ended',
  words: WHY_ENDED[textAt(object, 'cancellation_details', 'reason') ?? ''] ?? 'Ended',
});

/** A plan is what a subscription's first item costs, and how many of it. */
function planOf(subscription: unknown, names: Names): string {
  const item = valueAt(subscription, 'items', 'data', '0');
  const quantity = numberAt(item, 'quantity') ?? 1;
  return `${quantity === 1 ? '' : `${quantity} × `}${names.price(valueAt(item, 'price'))}`;
}

function planChange({ data: { object, previous_attributes: previous } }: StoredEvent, names: Names): Told | null {
  if (!has(previous, 'items')) return null;
  const [before, after] = [planOf(previous, names), planOf(object, names)];
  return before === after ? null : { kind: 'plan', words: `Plan changed from ${before} to ${after}` };
}

/** The card that a subscription began with is no change. */
function cardChange({ created, data: { object, previous_attributes: previous } }: StoredEvent, names: Names) {
  if (!has(previous, 'default_payment_method') || numberAt(object, 'created') === created) return null;
  return newCard(textAt(object, 'default_payment_method'), names);
}

const newCard = (method: string | null, names: Names): Told => ({
  kind: 'card',
  words: method === null ? 'No card of its own any more' : `Card changed to ${names.card(method)}`,
});

function endChange({ data: { object, previous_attributes: previous } }: StoredEvent): Told | null {
  if (!has(previous, 'cancel_at')) return null;
  const at = numberAt(object, 'cancel_at');
  return { kind: 'ending', words: at === null ? 'Cancellation taken back' : `Cancelled, to end ${formatDate(at)}` };
}

function expired({ data: { object, previous_attributes: previous } }: StoredEvent): Told | null {
  if (!has(previous, 'status') || textAt(object, 'status') !== 'incomplete_expired') return null;
  return { kind: 'ended', words: 'Ended, because the first payment never came' };
}

const updated: Teller = (event, names) =>
  expired(event) ?? endChange(event) ?? planChange(event, names) ?? cardChange(event, names);

const customerUpdated: Teller = ({ data: { object, previous_attributes: previous } }, names) =>
  has(valueAt(previous, 'invoice_settings'), 'default_payment_method')
    ? newCard(textAt(object, 'invoice_settings', 'default_payment_method'), names)
    : null;

const trialWillEnd: Teller = () => ({ kind: 'notice', words: 'Notice: the trial will end' });

const started: Teller = ({ data: { object } }, names) => ({
  kind: 'started',
  words: `Subscribed: ${planOf(object, names)}`,
});

export const TOLD_OF_SUBSCRIPTIONS: Readonly<Record<string, Teller>> = {
  'customer.subscription.created': started,
  'customer.subscription.updated': updated,
  'customer.subscription.trial_will_end': trialWillEnd,
  'customer.subscription.deleted': ended,
  'customer.updated': customerUpdated,
};
