import { accessBy, type AccessPolicy, type AccessReason, type Decision } from './access.ts';
import type { SubscriptionRecord } from './subscription.ts';

/**
 * What happened to a user's access (docs/access-changes.md):
 * `access.granted`       they may in, and could not before
 * `access.at_risk`       they may in until a time that is named; told again when that time or its reason changes
 * `access.secured`       that time is off again
 * `access.lost`          they may not in any more
 * `access.plan_changed`  they may in before and after, by another plan
 */
export type AccessChangeType =
  'access.granted' | 'access.at_risk' | 'access.secured' | 'access.lost' | 'access.plan_changed';

/** Access as others know it. */
export interface KnownAccess {
  readonly allowed: boolean;
  readonly reason: AccessReason;
  /** When it ends if nothing else happens, in seconds since 1970. */
  readonly until: number | null;
  /** Of the subscription that decides. */
  readonly plan: string | null;
}

/** One change. Its id is its own for ever: whoever hears of it twice knows it by that. */
export interface AccessChange extends KnownAccess {
  readonly type: AccessChangeType;
  readonly id: string;
  /** Grows by one with each change of the user. */
  readonly version: number;
  readonly userId: string;
  /** Of the subscription that decides; null when there is none any more. */
  readonly customerId: string | null;
  readonly subscriptionId: string | null;
  readonly previousPlan: string | null;
  readonly previousReason: AccessReason;
  /** When it was noticed, in seconds since 1970. */
  readonly at: number;
}

/** What has been announced about a user's access, and what is about to be. */
export interface Announced extends KnownAccess {
  /** Of the last change. */
  readonly version: number;
  /** When it was noticed. */
  readonly at: number;
  /** Changes that may not have been told yet, oldest first. */
  readonly pending: readonly AccessChange[];
}

/** Before the first change: nobody was told anything. */
export const NOTHING_ANNOUNCED: Announced = {
  allowed: false,
  reason: 'no_subscription',
  until: null,
  plan: null,
  version: 0,
  at: 0,
  pending: [],
};

/**
 * What is to be announced next, given what was announced last; undefined when that still holds.
 *
 * @param at seconds since 1970
 */
export function nextAnnouncement(
  userId: string,
  last: Announced,
  { subscription, ...access }: Decision,
  at: number,
): Announced | undefined {
  const known: KnownAccess = { ...access, plan: subscription?.plan ?? null };
  const types = changesBetween(last, known);
  if (types.length === 0) return undefined;
  const about = { customerId: subscription?.customerId ?? null, subscriptionId: subscription?.id ?? null };
  const before = { previousPlan: last.plan, previousReason: last.reason };
  const pending = types.map((type, index) => {
    const version = last.version + index + 1;
    return { type, id: `${userId}/${version}`, version, userId, ...about, ...known, ...before, at };
  });
  return { ...known, version: last.version + types.length, at, pending };
}

/** Access that goes from one paid state to another, a trial that becomes a paid plan, is no change. */
function changesBetween(last: KnownAccess, now: KnownAccess): AccessChangeType[] {
  if (!last.allowed) return now.allowed ? ['access.granted'] : [];
  if (!now.allowed) return ['access.lost'];
  const plan = last.plan === now.plan ? [] : ['access.plan_changed' as const];
  return [...plan, ...riskBetween(last, now)];
}

function riskBetween(last: KnownAccess, now: KnownAccess): AccessChangeType[] {
  if (now.until === null) return last.until === null ? [] : ['access.secured'];
  return last.until === now.until && last.reason === now.reason ? [] : ['access.at_risk'];
}

/**
 * Whether a change of one record cannot have changed its user's access, now or later. What a record says about access is
 * a function of time that only ever runs out: two that say the same before anything has run out say so for ever.
 */
export function sayTheSame(
  before: SubscriptionRecord | undefined,
  after: SubscriptionRecord | undefined,
  policy: AccessPolicy,
): boolean {
  const [was, is] = [whatItSays(before, policy), whatItSays(after, policy)];
  if (was === undefined || is === undefined) return was === is;
  return was.reason === is.reason && was.until === is.until && was.plan === is.plan;
}

const BEGINNING = 0;

function whatItSays(record: SubscriptionRecord | undefined, policy: AccessPolicy) {
  const access = record && accessBy(record, BEGINNING, policy);
  return access?.allowed ? { ...access, plan: record?.plan } : undefined;
}
