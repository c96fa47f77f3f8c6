/** A subscription in words. No DOM. */
import * as words from '#words/account';
import type { Account, Plan, Subscription } from './contract.ts';
import type { Format } from './format.ts';

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
  plans.find((plan) => plan.lookupKey === subscription.plan)?.name ?? words.yourPlan;

function amountOf({ amount, quantity, currency }: Subscription, format: Format): string {
  return amount === null ? '' : format.money(amount * quantity, currency);
}

function priceOf(subscription: Subscription, format: Format): string {
  const amount = amountOf(subscription, format);
  return amount && `${amount} ${format.per(subscription.interval)}`.trim();
}

const renewal = (subscription: Subscription, format: Format): string =>
  subscription.currentPeriodEnd === null
    ? words.renewsAutomatically
    : words.renews(format.date(subscription.currentPeriodEnd), amountOf(subscription, format));

function trial(subscription: Subscription, format: Format): string {
  const end = subscription.trialEnd ?? subscription.currentPeriodEnd;
  const sentence = words.trial(dateOrNull(end, format), priceOf(subscription, format));
  return end === null || subscription.hasPaymentMethod ? sentence : `${sentence} ${words.trialWithoutCard}`;
}

const dateOrNull = (seconds: number | null, format: Format): string | null =>
  seconds === null ? null : format.date(seconds);

const reasons = new Map(Object.entries(words.endedBecause));

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
  const on = (seconds: number | null): string | null => dateOrNull(seconds, format);
  switch (reason) {
    case 'active':
      if (subscription.collectionPaused !== null)
        return good(words.paymentsPaused, words.paymentsPausedUntil(on(subscription.collectionResumesAt)));
      return good(words.active, renewal(subscription, format));
    case 'trialing':
      return good(words.freeTrial, trial(subscription, format));
    case 'canceling':
      return warning(words.ending, words.endsOn(on(until ?? subscription.cancelAt)));
    case 'past_due_grace':
      return warning(words.paymentDue, words.inGrace(on(until)));
    case 'past_due':
      return warning(words.paymentDue, words.pastDue);
    case 'unpaid':
      return warning(words.unpaid, words.severalUnpaid);
    case 'paused':
      return warning(words.paused, subscription.hasPaymentMethod ? words.pausedWithCard : words.pausedWithoutCard);
    case 'incomplete':
      return warning(words.notConfirmed, words.incomplete);
    case 'incomplete_expired':
      return over(words.notStarted, words.incompleteExpired);
    case 'canceled':
      return over(
        words.ended,
        words.endedOn(on(subscription.endedAt), reasons.get(subscription.endedBecause ?? '') ?? ''),
      );
    default:
      return over(words.unknown, words.unknownState);
  }
}
