/** What the API answers (docs/api.md). Times are whole seconds since 1970, UTC; amounts are in the currency's minor unit. */
import { language } from '#words/plans';
import { read, type Fields } from './read.ts';

export interface SignInSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
}

export interface Plan {
  readonly lookupKey: string;
  readonly product: string;
  readonly name: string;
  readonly description: string;
  readonly features: readonly string[];
  /** The one that is recommended. */
  readonly highlight: boolean;
  readonly amount: number;
  readonly currency: string;
  /** Stripe's `recurring.interval`: `day`, `week`, `month` or `year`. */
  readonly interval: string;
  readonly trialDays: number;
}

export interface Config {
  readonly publishableKey: string;
  /** How the page takes payments itself, as views/checkout-here.ts reads it; null where Stripe's page does. */
  readonly checkout: Fields | null;
  readonly testMode: boolean;
  readonly signIn: SignInSettings;
  readonly plans: readonly Plan[];
}

export interface Access {
  readonly allowed: boolean;
  readonly reason: string;
  readonly until: number | null;
}

export interface Subscription {
  readonly status: string;
  readonly plan: string | null;
  readonly quantity: number;
  readonly amount: number | null;
  readonly currency: string;
  readonly interval: string | null;
  readonly currentPeriodEnd: number | null;
  readonly cancelAt: number | null;
  readonly endedAt: number | null;
  /** `cancellation_requested`, `payment_failed`, `payment_disputed`, or null. */
  readonly endedBecause: string | null;
  /** Not null while the collection of payments is paused. */
  readonly collectionPaused: string | null;
  readonly collectionResumesAt: number | null;
  readonly hasPaymentMethod: boolean;
  readonly trialEnd: number | null;
}

export interface Account {
  readonly access: Access;
  readonly subscription: Subscription | null;
  readonly trialAvailable: boolean;
  readonly customer: boolean;
}

export interface Checkout extends Account {
  /** `subscription`, `setup` (a card for later) or `payment` (of a charge). */
  readonly mode: string;
  readonly status: string;
  readonly paymentStatus: string;
}

export interface Destination {
  readonly url: string;
  /** `portal` when a live subscription already exists. */
  readonly kind: string;
}

export interface Article {
  readonly title: string;
  readonly body: string;
}

/** Opened by cookies that came with the answer, for a quarter of an hour. */
export interface MembersFile {
  readonly title: string;
  readonly about: string;
  readonly path: string;
}

export interface Members {
  /** What all of it is written in, as a language tag; null when that is not said. */
  readonly language: string | null;
  readonly title: string;
  readonly articles: readonly Article[];
  readonly files: readonly MembersFile[];
}

function toPlan(plan: Fields): Plan {
  const words = plan.fieldsOrNull('translations')?.fieldsOrNull(language) ?? plan;
  return {
    lookupKey: plan.text('lookupKey'),
    product: plan.text('product'),
    name: words.text('name'),
    description: words.textOrNull('description') ?? '',
    features: words.texts('features'),
    highlight: plan.yes('highlight'),
    amount: plan.number('amount'),
    currency: plan.text('currency'),
    interval: plan.text('interval'),
    trialDays: plan.numberOrNull('trialDays') ?? 0,
  };
}

function toSubscription(subscription: Fields): Subscription {
  return {
    status: subscription.text('status'),
    plan: subscription.textOrNull('plan'),
    quantity: subscription.numberOrNull('quantity') ?? 1,
    amount: subscription.numberOrNull('amount'),
    currency: subscription.text('currency'),
    interval: subscription.textOrNull('interval'),
    currentPeriodEnd: subscription.numberOrNull('currentPeriodEnd'),
    cancelAt: subscription.numberOrNull('cancelAt'),
    endedAt: subscription.numberOrNull('endedAt'),
    endedBecause: subscription.textOrNull('endedBecause'),
    collectionPaused: subscription.textOrNull('collectionPaused'),
    collectionResumesAt: subscription.numberOrNull('collectionResumesAt'),
    hasPaymentMethod: subscription.yes('hasPaymentMethod'),
    trialEnd: subscription.numberOrNull('trialEnd'),
  };
}

function accountOf(account: Fields): Account {
  const access = account.fields('access');
  const subscription = account.fieldsOrNull('subscription');
  return {
    access: { allowed: access.yes('allowed'), reason: access.text('reason'), until: access.numberOrNull('until') },
    subscription: subscription && toSubscription(subscription),
    trialAvailable: account.yes('trialAvailable'),
    customer: account.yes('customer'),
  };
}

export function toConfig(body: unknown): Config {
  const config = read(body, 'config');
  const signIn = config.fields('signIn');
  return {
    publishableKey: config.text('publishableKey'),
    checkout: config.fieldsOrNull('checkout'),
    testMode: config.yes('testMode'),
    signIn: { issuer: signIn.text('issuer'), clientId: signIn.text('clientId'), scope: signIn.text('scope') },
    plans: config.list('plans').map(toPlan),
  };
}

export const toAccount = (body: unknown): Account => accountOf(read(body, 'account'));

export function toCheckout(body: unknown): Checkout {
  const checkout = read(body, 'checkout');
  return {
    ...accountOf(checkout),
    mode: checkout.textOrNull('mode') ?? 'subscription',
    status: checkout.text('status'),
    paymentStatus: checkout.text('paymentStatus'),
  };
}

export function toDestination(body: unknown): Destination {
  const destination = read(body, 'destination');
  return { url: destination.text('url'), kind: destination.textOrNull('kind') ?? 'checkout' };
}

export function toMembers(body: unknown): Members {
  const members = read(body, 'members');
  const articles = members.list('articles').map((each) => ({ title: each.text('title'), body: each.text('body') }));
  const files = members
    .list('files')
    .map((each) => ({ title: each.text('title'), about: each.text('about'), path: each.text('path') }));
  return { language: members.textOrNull('language'), title: members.text('title'), articles, files };
}
