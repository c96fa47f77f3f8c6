import type Stripe from 'stripe';
import { claimOf } from '../../billing/backfill.ts';
import { METADATA } from '../../billing/metadata.ts';
import { sameRecord } from '../../billing/subscription.ts';
import { describe } from '../describe.ts';
import type { Pace } from '../pace.ts';
import type { CustomerRecords } from '../records/customers.ts';
import type { SubscriptionRecords } from '../records/subscriptions.ts';
import type { Users } from '../records/users.ts';
import type { Sync } from '../sync.ts';
import { existingSubscriptions, type ExistingSubscription } from './existing.ts';
import { counted, NOTHING, type BackfillReport, type Import } from './report.ts';

export interface BackfillParts {
  readonly stripe: Stripe;
  readonly customers: Pick<CustomerRecords, 'add' | 'read'>;
  readonly records: Pick<SubscriptionRecords, 'read'>;
  readonly users: Pick<Users, 'ownerOfCustomer'>;
  readonly sync: Pick<Sync, 'refetch'>;
  readonly pace: Pace;
  /** The user that a customer is, as the operator says; undefined when nothing was said. Never by email. */
  readonly mapped: (customerId: string, metadata: Stripe.Metadata) => string | undefined;
  /** False: says what would be done, and writes nothing. */
  readonly apply: boolean;
  readonly stop: () => boolean;
  readonly found: (one: Import, report: BackfillReport) => void;
}

/**
 * Makes an account's existing subscriptions ours: the customer is recorded for the user, at Stripe both say whose they are,
 * and the record is written by the rule that the webhook follows. Each step is done only where it is missing, so that it can be
 * interrupted anywhere, and repeated: what is there already is left as it is.
 */
export async function backfill(parts: BackfillParts): Promise<BackfillReport> {
  const claimed = new Map<string, string>();
  let report = NOTHING;
  for await (const existing of existingSubscriptions(parts.stripe, parts.pace)) {
    if (parts.stop()) return { ...report, stopped: true };
    const one = await importOne(parts, claimed, existing);
    report = counted(report, one);
    parts.found(one, report);
  }
  return report;
}

async function importOne(
  parts: BackfillParts,
  claimed: Map<string, string>,
  existing: ExistingSubscription,
): Promise<Import> {
  const names = { subscriptionId: existing.record.id, customerId: existing.customer.id };
  try {
    const recordedFor = await parts.users.ownerOfCustomer(names.customerId);
    const { customer } = existing;
    // Its subscriptions give nothing any more, and the user's next checkout makes another customer.
    if (customer.deleted) return { ...names, kind: recordedFor === undefined ? 'unmapped' : 'already' };
    const mapped = parts.mapped(customer.id, customer.metadata);
    const claim = claimOf({ mapped, customerNames: customer.names, subscriptionNames: existing.names, recordedFor });
    if (claim.kind !== 'of') return { ...names, ...claim };
    const { userId } = claim;
    const other = await otherCustomer(parts, claimed, userId, customer.id);
    if (other !== undefined) return { ...names, kind: 'conflict', why: `user ${userId} has customer ${other} already` };
    claimed.set(userId, customer.id);
    const missing = { ...existing, userId, recorded: recordedFor === userId };
    if (await isThere(parts, missing)) return { ...names, kind: 'already' };
    return parts.apply ? await write(parts, missing) : { ...names, kind: 'imported', userId };
  } catch (error) {
    return { ...names, kind: 'failed', cause: describe(error) };
  }
}

/** A user has one customer: the recorded one, or the first that this import gave them. */
async function otherCustomer({ customers }: BackfillParts, claimed: Map<string, string>, userId: string, id: string) {
  const known = claimed.get(userId) ?? (await customers.read(userId))?.customerId;
  return known === id ? undefined : known;
}

interface Owned extends ExistingSubscription {
  readonly userId: string;
  /** The customer is recorded for the user. */
  readonly recorded: boolean;
}

/** An ended subscription need not say whose it is: its customer does. */
const saysWhose = ({ userId, live, names, customer }: Owned): boolean =>
  customer.names === userId && (names === userId || !live);

async function isThere({ records }: BackfillParts, owned: Owned): Promise<boolean> {
  if (!owned.recorded || !saysWhose(owned)) return false;
  const known = await records.read(owned.userId, owned.record.id);
  return known !== undefined && sameRecord(known.record, owned.record);
}

/** The conditional write of the customer record comes first: it decides, and a customer that lost is not touched at Stripe. */
async function write({ stripe, customers, sync, pace }: BackfillParts, owned: Owned): Promise<Import> {
  const { userId, live, names, customer } = owned;
  const ids = { subscriptionId: owned.record.id, customerId: customer.id };
  const winner = owned.recorded ? customer.id : (await customers.add(userId, newCustomer(customer.id))).customerId;
  if (winner !== customer.id) return { ...ids, kind: 'conflict', why: `user ${userId} has customer ${winner} already` };
  const metadata = { [METADATA.userId]: userId };
  if (customer.names !== userId) await pace(() => stripe.customers.update(customer.id, { metadata }));
  if (live && names !== userId) await pace(() => stripe.subscriptions.update(ids.subscriptionId, { metadata }));
  await pace(() => sync.refetch(ids.subscriptionId, userId));
  return { ...ids, kind: 'imported', userId };
}

/** Nobody has verified the email of a customer that was not made here. */
const newCustomer = (customerId: string) => ({ customerId, email: null });
