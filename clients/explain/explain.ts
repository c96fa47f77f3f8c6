import type Stripe from 'stripe';
import { accessBy, decideAccess, type Access, type AccessPolicy, type Decision } from '../../billing/access.ts';
import { differences, type Fields } from '../../billing/differences.ts';
import { userOf } from '../../billing/metadata.ts';
import { ownerOf, sameRecord, subscriptionRecord } from '../../billing/subscription.ts';
import type { StoredSubscription, UserRecords } from '../../billing/user.ts';
import { orMissing } from '../stripe-api.ts';
import type { Users } from '../records/users.ts';
import { dateOf } from '../subscriptions.ts';
import { eventsOf, type ToldEvents } from './events.ts';
import { whose, type WhoseParts } from './whose.ts';

export interface ExplainParts extends WhoseParts {
  readonly users: Users;
  readonly policy: AccessPolicy;
  /** Seconds since 1970; Stripe's clock goes before, where it is known. */
  readonly now: number;
}

/** A subscription as its record has it, and as Stripe has it. Either can be without the other. */
export interface ToldSubscription {
  readonly id: string;
  readonly known: StoredSubscription | null;
  /** What it alone would give; null without a record. */
  readonly access: Access | null;
  readonly stripe: AtStripe;
}

export type AtStripe =
  | { readonly is: 'the same' }
  | { readonly is: 'different'; readonly record: Fields | null; readonly stripe: Fields }
  | { readonly is: 'unknown there' };

export interface ToldCustomer {
  readonly id: string;
  /** What the customer record says; null when there is none. */
  readonly record: UserRecords['customer'] | null;
  readonly stripe: 'there' | 'deleted' | 'unknown there';
  /** The user that the customer names at Stripe. */
  readonly names: string | null;
}

export interface Explanation {
  readonly asked: string;
  /** Null when it is nobody of ours. */
  readonly userId: string | null;
  readonly now: number;
  readonly graceDays: number;
  readonly decision: Decision;
  readonly customer: ToldCustomer | null;
  readonly subscriptions: readonly ToldSubscription[];
  readonly told: ToldEvents;
}

const NOBODY: UserRecords = { customer: undefined, subscriptions: [] };

/** What a user may do, from which records, and what Stripe says now. Writes nothing. */
export async function explain(parts: ExplainParts, asked: string): Promise<Explanation> {
  const { stripe, users, policy } = parts;
  const { userId, customerId: named } = await whose(parts, asked);
  const user = userId === undefined ? NOBODY : await users.read(userId, 'now');
  const customerId = user.customer?.customerId ?? named ?? user.subscriptions[0]?.record.customerId;
  const listed = customerId === undefined ? undefined : await listOf(stripe, customerId);
  const now = listed?.now ?? parts.now;
  const records = user.subscriptions.map(({ record }) => record);
  return {
    asked,
    userId: userId ?? null,
    now,
    graceDays: policy.graceDays,
    decision: decideAccess(records, now, policy),
    customer: customerId === undefined ? null : await customerTold(stripe, customerId, user),
    subscriptions: await subscriptionsTold(parts, user, listed?.data ?? [], now),
    told: customerId === undefined ? { events: [], lookedBackTo: null } : await eventsOf(stripe, customerId),
  };
}

/** Undefined when Stripe has no such customer. With Stripe's own time: that of the simulator can be put ahead. */
async function listOf(stripe: Stripe, customer: string) {
  const list = await orMissing(stripe.subscriptions.list({ customer, status: 'all', limit: 100 }));
  if (!list) return undefined;
  return { data: list.data, now: dateOf(list.lastResponse.headers) };
}

async function customerTold(stripe: Stripe, id: string, user: UserRecords): Promise<ToldCustomer> {
  const record = user.customer ?? null;
  const customer = await orMissing(stripe.customers.retrieve(id));
  if (!customer) return { id, record, stripe: 'unknown there', names: null };
  if (customer.deleted) return { id, record, stripe: 'deleted', names: null };
  return { id, record, stripe: 'there', names: userOf(customer.metadata) ?? null };
}

/** Those with a record, also of a customer of before; then those that only Stripe knows. */
async function subscriptionsTold(
  parts: ExplainParts,
  user: UserRecords,
  listed: readonly Stripe.Subscription[],
  now: number,
): Promise<ToldSubscription[]> {
  const recorded: ToldSubscription[] = [];
  for (const known of user.subscriptions) {
    const { id } = known.record;
    const access = accessBy(known.record, now, parts.policy);
    recorded.push({ id, known, access, stripe: await atStripe(parts, known, listed) });
  }
  const without = listed.filter(({ id }) => recorded.every((each) => each.id !== id));
  return [...recorded, ...without.map(unrecorded)];
}

async function atStripe(
  { subscriptions }: ExplainParts,
  { record }: StoredSubscription,
  listed: readonly Stripe.Subscription[],
): Promise<AtStripe> {
  const inList = listed.find(({ id }) => id === record.id);
  const there = inList ? subscriptionRecord(inList) : (await subscriptions.fetch(record.id))?.record;
  if (!there) return { is: 'unknown there' };
  if (sameRecord(record, there)) return { is: 'the same' };
  const { before, after } = differences(record, there);
  return { is: 'different', record: before, stripe: after };
}

function unrecorded(subscription: Stripe.Subscription): ToldSubscription {
  const { after } = differences(undefined, subscriptionRecord(subscription));
  const owner = ownerOf(subscription) ?? null;
  const stripe: AtStripe = { is: 'different', record: null, stripe: { ...after, owner } };
  return { id: subscription.id, known: null, access: null, stripe };
}
