import type Stripe from 'stripe';
import type { Kind, State } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { advance, collect } from './collecting.ts';
import { endSubscription } from './ending.ts';
import { expireIncomplete, expireSession } from './expiring.ts';
import { idOf, isLive, periodEnd } from './references.ts';
import { renews } from './renewing.ts';
import { settle } from './settling.ts';
import { deleteClock } from './test-clocks.ts';
import { periodEnds } from './trial-ending.ts';

const UPDATED = 'customer.subscription.updated';
const HOUR = 60 * 60;
const DAY = 24 * HOUR;

/** In the order in which things of the same second are done: an end comes before the renewal it prevents. */
const ORDER = [
  'finalize',
  'settle',
  'retry',
  'notice',
  'end',
  'give up',
  'resume',
  'renew',
  'expire',
  'delete',
] as const;
type What = (typeof ORDER)[number];

/** Something that falls due of itself, by what an object says. */
export interface Due {
  readonly what: What;
  /** When, in whole seconds; the work is done as of then, however late the simulator looks. */
  readonly at: number;
  /** The test clock in whose time; null for the account's own. */
  readonly clock: string | null;
  readonly run: (work: Work) => void;
}

/** Which of two things of the same second comes first: negative when the first does. */
export const byOrder = (a: What, b: What): number => ORDER.indexOf(a) - ORDER.indexOf(b);

const due = (what: What, at: number | null, run: (work: Work) => void): Due[] =>
  at === null ? [] : [{ what, at, clock: null, run }];

/** The notice three days before a trial ends, or at once when it is shorter. */
function noticeDue(state: State, subscription: Stripe.Subscription): Due[] {
  const { id, trial_end: trialEnd, status, created } = subscription;
  const notice = `${id} ${trialEnd}`;
  if (status !== 'trialing' || trialEnd === null || state.trialNotices.has(notice)) return [];
  return due('notice', Math.max(created, trialEnd - 3 * DAY), (work) => {
    state.trialNotices.add(notice);
    work.emit('customer.subscription.trial_will_end', subscription);
  });
}

function subscriptionDues(state: State, subscription: Stripe.Subscription): Due[] {
  const incomplete = subscription.status === 'incomplete';
  const resumed: Stripe.Subscription = { ...subscription, pause_collection: null };
  const live = isLive(subscription);
  return [
    ...noticeDue(state, subscription),
    ...due('end', live ? subscription.cancel_at : null, (work) =>
      endSubscription(work, subscription, 'cancellation_requested'),
    ),
    // A first invoice can be paid for 23 hours.
    ...due('give up', incomplete ? subscription.created + 23 * HOUR : null, (work) =>
      expireIncomplete(work, subscription),
    ),
    ...due('resume', live ? (subscription.pause_collection?.resumes_at ?? null) : null, (work) =>
      work.save('subscriptions', resumed, UPDATED),
    ),
    ...due('renew', renews(subscription) ? periodEnd(subscription) : null, (work) => periodEnds(work, subscription)),
  ];
}

function invoiceDues(invoice: Stripe.Invoice): Due[] {
  if (invoice.status === 'draft') {
    const run = (work: Work): unknown => advance(work, invoice, { automatic: true });
    return due('finalize', invoice.automatically_finalizes_at, run);
  }
  if (invoice.status !== 'open') return [];
  return due('retry', invoice.next_payment_attempt, (work) => collect(work, invoice, { automatic: true }));
}

/** What belongs to a test clock falls due in its time. */
const inTimeOf = ({ test_clock: clock }: { readonly test_clock: Stripe.Invoice['test_clock'] }, dues: Due[]): Due[] =>
  clock === null ? dues : dues.map((one) => ({ ...one, clock: idOf(clock) }));

const sessionDues = (session: Stripe.Checkout.Session): Due[] =>
  session.status === 'open' ? due('expire', session.expires_at, (work) => expireSession(work, session)) : [];

/** All that falls due by one object: by what it says itself, and what is kept beside it. Nothing when it is gone. */
export function duesOf(state: State, kind: Kind, id: string): Due[] {
  const { checkoutSessions, invoices, subscriptions, testClocks } = state.objects;
  switch (kind) {
    case 'subscriptions':
      return [subscriptions.get(id) ?? []].flat().flatMap((one) => inTimeOf(one, subscriptionDues(state, one)));
    case 'invoices':
      return [invoices.get(id) ?? []].flat().flatMap((one) => inTimeOf(one, invoiceDues(one)));
    case 'checkoutSessions':
      return [checkoutSessions.get(id) ?? []].flat().flatMap(sessionDues);
    case 'testClocks':
      return [testClocks.get(id) ?? []]
        .flat()
        .flatMap((one) => due('delete', one.deletes_after, (work) => deleteClock(work, one)));
    case 'paymentIntents':
      return due('settle', state.settlements.get(id) ?? null, (work) => settle(work, id));
    default:
      return [];
  }
}
