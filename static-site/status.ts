/** A subscription in words. No DOM. */
import type { Account, Plan, Subscription } from './contract.ts';
import { per, type Format } from './format.ts';

export interface StatusWords {
  /** The plan's name, as far as we know it. */
  readonly plan: string;
  /** One or two words for a badge. */
  readonly label: string;
  readonly tone: 'good' | 'warning' | 'over';
  /** What happens next, and when. */
  readonly sentence: string;
  /** "$29.00 a month", or nothing when the price is not known. */
  readonly price: string;
}

const planName = (plans: readonly Plan[], subscription: Subscription): string =>
  plans.find((plan) => plan.lookupKey === subscription.plan)?.name ?? 'Your plan';

function amountOf({ amount, quantity, currency }: Subscription, format: Format): string {
  return amount === null ? '' : format.money(amount * quantity, currency);
}

function priceOf(subscription: Subscription, format: Format): string {
  const amount = amountOf(subscription, format);
  return amount && `${amount} ${per(subscription.interval)}`.trim();
}

function renewal(subscription: Subscription, format: Format): string {
  if (subscription.currentPeriodEnd === null) return 'Renews automatically.';
  const amount = amountOf(subscription, format);
  const cost = amount && ` for ${amount}`;
  return `Renews on ${format.date(subscription.currentPeriodEnd)}${cost}.`;
}

function trial(subscription: Subscription, format: Format): string {
  const end = subscription.trialEnd ?? subscription.currentPeriodEnd;
  const price = priceOf(subscription, format);
  const then = price && `, then ${price}`;
  const card = subscription.hasPaymentMethod ? '' : ' Add a card before then to carry on.';
  return end === null ? `Trial${then}.` : `Trial until ${format.date(end)}${then}.${card}`;
}

function ending(until: number | null, format: Format): string {
  const on = until === null ? 'Ends soon.' : `Ends on ${format.date(until)}.`;
  return `${on} You keep access until then, and nothing more is charged.`;
}

const failed = 'Your last payment did not go through.';

function grace(until: number | null, format: Format): string {
  const by = until === null ? 'soon' : `by ${format.date(until)}`;
  return `${failed} Pay it or update your card ${by} to keep your access.`;
}

function pausedPayments(resumesAt: number | null, format: Format): string {
  const until = resumesAt === null ? 'for now' : `until ${format.date(resumesAt)}`;
  return `Payments are paused ${until}. You keep your access.`;
}

function paused(subscription: Subscription): string {
  if (subscription.hasPaymentMethod) return 'Your subscription is paused. Nothing is charged until it is resumed.';
  return 'Your trial ended without a card. Nothing was charged; add a card and your plan starts at once.';
}

const reasons = new Map([
  ['payment_failed', ' because it was not paid'],
  ['payment_disputed', ' because a payment was disputed'],
  ['cancellation_requested', ' because it was cancelled'],
]);

function ended({ endedAt, endedBecause }: Subscription, format: Format): string {
  const on = endedAt === null ? 'Your subscription has ended' : `Ended on ${format.date(endedAt)}`;
  return `${on}${reasons.get(endedBecause ?? '') ?? ''}. You are welcome back any time.`;
}

/** The account's subscription in words, or null for those who never had one. */
export function describe(account: Account, plans: readonly Plan[], format: Format): StatusWords | null {
  const { access, subscription } = account;
  if (!subscription) return null;
  const { label, tone, sentence } = wordsFor(access.reason, subscription, access.until, format);
  return { plan: planName(plans, subscription), label, tone, sentence, price: priceOf(subscription, format) };
}

type Status = Pick<StatusWords, 'label' | 'tone' | 'sentence'>;
const good = (label: string, sentence: string): Status => ({ label, tone: 'good', sentence });
const warning = (label: string, sentence: string): Status => ({ label, tone: 'warning', sentence });
const over = (label: string, sentence: string): Status => ({ label, tone: 'over', sentence });

function wordsFor(reason: string, subscription: Subscription, until: number | null, format: Format): Status {
  switch (reason) {
    case 'active':
      if (subscription.collectionPaused !== null)
        return good('Payments paused', pausedPayments(subscription.collectionResumesAt, format));
      return good('Active', renewal(subscription, format));
    case 'trialing':
      return good('Free trial', trial(subscription, format));
    case 'canceling':
      return warning('Ending', ending(until ?? subscription.cancelAt, format));
    case 'past_due_grace':
      return warning('Payment due', grace(until, format));
    case 'past_due':
      return warning('Payment due', `${failed} Pay it or update your card to get your access back.`);
    case 'unpaid':
      return warning('Unpaid', 'Several payments did not go through. Pay what is open to get your access back.');
    case 'paused':
      return warning('Paused', paused(subscription));
    case 'incomplete':
      return warning('Not confirmed', 'The first payment is not confirmed yet.');
    case 'incomplete_expired':
      return over('Not started', 'The first payment was not made in time, so the subscription never began.');
    case 'canceled':
      return over('Ended', ended(subscription, format));
    default:
      return over('Unknown', 'We could not tell the state of your subscription. Billing has the details.');
  }
}
