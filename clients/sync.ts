import type Stripe from 'stripe';
import { taskOf } from '../billing/events.ts';
import { isLive, ownerOf, sameRecord, subscriptionRecord } from '../billing/subscription.ts';
import type { SavedCards } from './cards/adopt.ts';
import type { SubscriptionCards } from './cards/follow.ts';
import type { Paying } from './charges/paying.ts';
import type { Disputes } from './disputes.ts';
import type { SubscriptionRecords } from './records/subscriptions.ts';
import type { Users } from './records/users.ts';
import { whoseIs, type Subscriptions } from './subscriptions.ts';

/**
 * How a fetch ended: `refetched` and written, `unchanged` because the record said the same, `unowned`: a
 * subscription of the account that belongs to none of our users, or `missing`: Stripe has none of that name.
 */
export type FetchOutcome = 'refetched' | 'unchanged' | 'unowned' | 'missing';

/**
 * How an event ended: `saved` from its payload, `older` than what is known, `ignored` as none of ours, `card_adopted`
 * for the card of a checkout that kept one, `card_followed` for a new default card, `charge_paid` for a charge that its
 * customer paid, `dispute_kept` or `dispute_ended` for a disputed payment, as the policy is, `unreadable`: in no shape that we know and without an id to ask for, or by a fetch.
 */
export type Outcome =
  | FetchOutcome
  | 'saved'
  | 'older'
  | 'ignored'
  | 'card_adopted'
  | 'card_followed'
  | 'charge_paid'
  | 'dispute_kept'
  | 'dispute_ended'
  | 'unreadable';

export interface Sync {
  /** Brings the record up to an event. Twice, late or in any order, it ends in the same record. */
  event(event: Stripe.Event): Promise<Outcome>;
  /** Brings the record up to what Stripe has now. Without the owner's name, Stripe is asked once more to find it. */
  refetch(subscriptionId: string, owner?: string): Promise<FetchOutcome>;
}

export interface SyncParts {
  readonly records: SubscriptionRecords;
  readonly users: Pick<Users, 'ownerOfCustomer'>;
  readonly stripe: Pick<Subscriptions, 'fetch'>;
  /** @default - events about kept cards are ignored */
  readonly cards?: SavedCards;
  /** @default - another default card changes no subscription */
  readonly defaults?: SubscriptionCards;
  /** @default - events about charges are ignored */
  readonly charges?: Pick<Paying, 'settle'>;
  /** @default - a disputed payment changes nothing */
  readonly disputes?: Disputes | undefined;
  readonly apiVersion: string;
  /** Told that somebody else wrote in between, so that all is asked again. @default - nobody is told */
  readonly conflicted?: () => void;
}

/** How often a fetch is repeated because somebody wrote in between. Each time somebody else's write succeeded. */
const ATTEMPTS = 10;

export function subscriptionSync(parts: SyncParts): Sync {
  const { records, users, stripe, cards, defaults, charges, disputes, apiVersion, conflicted } = parts;
  /** The record is read before Stripe is asked, so that what Stripe answers is later than what was read. */
  async function writeFetched(userId: string, subscriptionId: string): Promise<FetchOutcome> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const read = await records.read(userId, subscriptionId);
      const fetched = await stripe.fetch(subscriptionId);
      if (!fetched) return 'missing';
      if (read && sameRecord(read.record, fetched.record)) return 'unchanged';
      const outcome = await records.saveFetched(userId, fetched, read);
      if (outcome === 'saved') return 'refetched';
      if (outcome === 'erased') return 'unowned';
      conflicted?.();
    }
    throw new Error(`Subscription ${subscriptionId} changed ${ATTEMPTS} times while it was fetched.`);
  }

  async function refetch(subscriptionId: string, owner?: string): Promise<FetchOutcome> {
    if (owner !== undefined) return writeFetched(owner, subscriptionId);
    const fetched = await stripe.fetch(subscriptionId);
    if (!fetched) return 'missing';
    const userId = await whoseIs(users, fetched);
    return userId === undefined ? 'unowned' : writeFetched(userId, subscriptionId);
  }

  /** A payload that leaves the owner open names the customer only by id: a fetch brings it too. */
  async function apply(subscription: Stripe.Subscription, created: number): Promise<Outcome> {
    const record = subscriptionRecord(subscription);
    const userId = ownerOf(subscription) ?? (await users.ownerOfCustomer(record.customerId));
    if (userId === undefined) return refetch(subscription.id);
    const outcome = await records.saveFromEvent(userId, record, created);
    return outcome === 'unclear' ? writeFetched(userId, subscription.id) : outcome;
  }

  async function adopt(customerId: string): Promise<Outcome> {
    const outcome = (await cards?.adopt(customerId)) ?? 'none';
    if (outcome === 'none') return 'ignored';
    return outcome === 'adopted' ? 'card_adopted' : 'unchanged';
  }

  async function follow(customerId: string): Promise<Outcome> {
    if (!defaults) return 'ignored';
    return (await defaults.follow(customerId)) === 'followed' ? 'card_followed' : 'unchanged';
  }

  async function settle(sessionId: string): Promise<Outcome> {
    const outcome = (await charges?.settle(sessionId)) ?? 'ignored';
    return outcome === 'paid' ? 'charge_paid' : outcome;
  }

  /** The record follows by the event of the end, as it does for every end. Other people's subscriptions are left alone. */
  async function dispute(paymentIntentId: string): Promise<Outcome> {
    if (!disputes) return 'dispute_kept';
    const subscriptionId = await disputes.subscriptionPaidBy(paymentIntentId);
    if (subscriptionId === undefined) return 'ignored';
    const fetched = await stripe.fetch(subscriptionId);
    if (!fetched) return 'missing';
    if ((await whoseIs(users, fetched)) === undefined) return 'unowned';
    if (!isLive(fetched.record)) return 'unchanged';
    await disputes.end(subscriptionId);
    return 'dispute_ended';
  }

  return {
    refetch,
    async event(event) {
      const task = taskOf(event, apiVersion);
      switch (task.kind) {
        case 'apply':
          return apply(task.subscription, task.created);
        case 'refetch':
          return refetch(task.subscriptionId, task.owner);
        case 'adopt card':
          return adopt(task.customerId);
        case 'follow card':
          return follow(task.customerId);
        case 'settle charge':
          return settle(task.sessionId);
        case 'dispute':
          return dispute(task.paymentIntentId);
        case 'unreadable':
          return 'unreadable';
        default:
          return 'ignored';
      }
    },
  };
}
