import type Stripe from 'stripe';
import type { State } from '../core/state.ts';
import type { Work } from '../core/work.ts';
import { advance, collect } from './collecting.ts';
import { endSubscription } from './ending.ts';
import { expireIncomplete, expireSession } from './expiring.ts';
import { isLive, periodEnd } from './references.ts';
import { renews } from './renewing.ts';
import { settle } from './settling.ts';
import { periodEnds } from './trial-ending.ts';

const UPDATED = 'customer.subscription.updated';
const HOUR = 60 * 60;
const DAY = 24 * HOUR;

interface Due {
  /** When it falls due; the work is done as of then, however late the simulator looks. */
  readonly at: number;
  readonly run: (work: Work) => void;
}

/** The notice three days before a trial ends, or at once when it is shorter. */
function noticesDue(state: State): Due[] {
  return [...state.objects.subscriptions.values()].flatMap((subscription) => {
    const { id, trial_end: trialEnd, status, created } = subscription;
    const notice = `${id} ${trialEnd}`;
    if (status !== 'trialing' || trialEnd === null || state.trialNotices.has(notice)) return [];
    const run = (work: Work): void => {
      state.trialNotices.add(notice);
      work.emit('customer.subscription.trial_will_end', subscription);
    };
    return [{ at: Math.max(created, trialEnd - 3 * DAY), run }];
  });
}

function endsDue(state: State): Due[] {
  return [...state.objects.subscriptions.values()].filter(isLive).flatMap((subscription) => {
    const at = subscription.cancel_at;
    return at === null
      ? []
      : [{ at, run: (work: Work) => endSubscription(work, subscription, 'cancellation_requested') }];
  });
}

const renewalsDue = (state: State): Due[] =>
  [...state.objects.subscriptions.values()]
    .filter(renews)
    .map((subscription) => ({ at: periodEnd(subscription), run: (work: Work) => periodEnds(work, subscription) }));

function invoicesDue(state: State): Due[] {
  return [...state.objects.invoices.values()].flatMap((invoice) =>
    invoice.status === 'draft' && invoice.automatically_finalizes_at !== null
      ? [
          {
            at: invoice.automatically_finalizes_at,
            run: (work: Work) => advance(work, invoice, { automatic: true }),
          },
        ]
      : [],
  );
}

const retriesDue = (state: State): Due[] =>
  [...state.objects.invoices.values()].flatMap((invoice) =>
    invoice.status === 'open' && invoice.next_payment_attempt !== null
      ? [{ at: invoice.next_payment_attempt, run: (work: Work) => collect(work, invoice, { automatic: true }) }]
      : [],
  );

const resumptionsDue = (state: State): Due[] =>
  [...state.objects.subscriptions.values()].filter(isLive).flatMap((subscription) => {
    const at = subscription.pause_collection?.resumes_at ?? null;
    const resumed: Stripe.Subscription = { ...subscription, pause_collection: null };
    return at === null ? [] : [{ at, run: (work: Work) => work.save('subscriptions', resumed, UPDATED) }];
  });

const settlementsDue = (state: State): Due[] =>
  [...state.settlements].map(([id, at]) => ({ at, run: (work: Work) => settle(work, id) }));

/** A first invoice can be paid for 23 hours. */
const firstPaymentsDue = (state: State): Due[] =>
  [...state.objects.subscriptions.values()].flatMap((subscription) =>
    subscription.status === 'incomplete'
      ? [{ at: subscription.created + 23 * HOUR, run: (work: Work) => expireIncomplete(work, subscription) }]
      : [],
  );

function sessionsDue(state: State): Due[] {
  return [...state.objects.checkoutSessions.values()].flatMap((session) =>
    session.status === 'open' ? [{ at: session.expires_at, run: (work: Work) => expireSession(work, session) }] : [],
  );
}

/** In the order in which things of the same second are done: an end comes before the renewal it prevents. */
const allDue = (state: State): Due[] =>
  [
    invoicesDue,
    settlementsDue,
    retriesDue,
    noticesDue,
    endsDue,
    firstPaymentsDue,
    resumptionsDue,
    renewalsDue,
    sessionsDue,
  ].flatMap((kind) => kind(state));

/** When the next thing falls due, in whole seconds; null when nothing will. It may be in the past. */
export function nextDueAt(state: State): number | null {
  const times = allDue(state).map(({ at }) => at);
  return times.length === 0 ? null : Math.min(...times);
}

/** Does all that has fallen due, in the order in which it did, each as of its own time. */
export function runDue(state: State, now: number, beginAt: (at: number) => Work): void {
  for (;;) {
    const due = allDue(state).filter(({ at }) => at <= now);
    const [next] = due.toSorted((a, b) => a.at - b.at);
    if (next === undefined) return;
    next.run(beginAt(next.at));
  }
}
