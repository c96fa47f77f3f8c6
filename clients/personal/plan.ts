import type Stripe from 'stripe';
import { isOwed, type StoredCharge } from '../../billing/charge.ts';
import { isLive, ownerOf, subscriptionRecord } from '../../billing/subscription.ts';
import { chargeFrom } from '../records/charge-items.ts';
import { isErased, type Item } from '../records/items.ts';
import { subscriptionIdOf } from '../records/many.ts';
import { CHARGE_PREFIX, isSubscriptionKey, type Table } from '../records/table.ts';
import { itemsOf } from '../records/users.ts';
import { orMissing } from '../stripe-api.ts';
import { ownCustomers, type OwnCustomer } from './customers.ts';

/** One thing that is to be done, so that nothing is left of a user. */
export type Step =
  | { readonly kind: 'expire checkout'; readonly sessionId: string }
  | EndSubscription
  | { readonly kind: 'give up charge'; readonly charge: StoredCharge }
  | { readonly kind: 'delete customer'; readonly customerId: string }
  | ForgetCustomer;

export interface EndSubscription {
  readonly kind: 'end subscription';
  readonly subscriptionId: string;
  /** Null when Stripe has no such subscription (any more). */
  readonly status: string | null;
  /** It goes on at Stripe, until it is canceled. */
  readonly live: boolean;
  /** It names the user at Stripe. */
  readonly marked: boolean;
  /** Of what was paid for last, in seconds since 1970. */
  readonly paidUntil: number | null;
}

/** In the table: the customer, or one of before, each in an item of its own. */
export interface ForgetCustomer {
  readonly kind: 'forget customer';
  readonly customerId: string;
  readonly sk: string;
}

/** What is left to be done, in its order; nothing when the user was erased, or never was. */
export interface ErasurePlan {
  readonly userId: string;
  /** Somebody of whom something is there; an erased one, too, as long as anything stays. */
  readonly known: boolean;
  readonly steps: readonly Step[];
  /** Charges that stay, for the books. */
  readonly charges: number;
}

/**
 * Made anew from what is there, so that it does not matter how far somebody came before. Who the customer is at Stripe is
 * forgotten last: everything else is found by it.
 */
export async function erasurePlan(stripe: Stripe, table: Table, userId: string): Promise<ErasurePlan> {
  const items = await itemsOf(table, userId, 'now');
  const customers = await ownCustomers(stripe, userId, items);
  const charges = items.filter(({ sk }) => String(sk).startsWith(CHARGE_PREFIX)).map(chargeFrom);
  const owed = charges.filter((charge) => isOwed(charge) || charge.status === 'processing');
  const steps: Step[] = [
    ...(await openCheckouts(stripe, customers)),
    ...(await subscriptionsToEnd(stripe, customers, userId, items)),
    ...owed.map((charge) => ({ kind: 'give up charge', charge }) as const),
    ...customers.flatMap(({ id, atStripe }) =>
      atStripe ? [{ kind: 'delete customer', customerId: id } as const] : [],
    ),
    ...items.flatMap(customerToForget),
  ];
  return { userId, known: items.length + customers.length > 0, steps, charges: charges.length };
}

function customerToForget({ sk, customerId }: Item): ForgetCustomer[] {
  return typeof customerId === 'string' ? [{ kind: 'forget customer', customerId, sk: String(sk) }] : [];
}

async function openCheckouts(stripe: Stripe, customers: readonly OwnCustomer[]): Promise<Step[]> {
  const steps: Step[] = [];
  for (const { id: customer } of customers)
    for await (const { id } of stripe.checkout.sessions.list({ customer, status: 'open', limit: 100 }))
      steps.push({ kind: 'expire checkout', sessionId: id });
  return steps;
}

/** Those of the user's customers at Stripe, and those of the records, also when their customer is somebody else. */
async function subscriptionsToEnd(
  stripe: Stripe,
  customers: readonly OwnCustomer[],
  userId: string,
  items: readonly Item[],
): Promise<EndSubscription[]> {
  const recorded = new Map(
    items.filter(({ sk }) => isSubscriptionKey(sk)).map((item) => [subscriptionIdOf(item), item]),
  );
  const found = new Map<string, Stripe.Subscription | undefined>();
  for (const { id: customer } of customers)
    for await (const each of stripe.subscriptions.list({ customer, status: 'all', limit: 100 }))
      found.set(each.id, each);
  for (const id of recorded.keys())
    if (!found.has(id)) found.set(id, await orMissing(stripe.subscriptions.retrieve(id)));
  const steps = [...found].map(([id, atStripe]) => endingOf(id, atStripe, userId));
  return steps.filter((step) => step.live || step.marked || leavesRecord(recorded.get(step.subscriptionId)));
}

function endingOf(subscriptionId: string, atStripe: Stripe.Subscription | undefined, userId: string): EndSubscription {
  const record = atStripe && subscriptionRecord(atStripe);
  return {
    kind: 'end subscription',
    subscriptionId,
    status: record?.status ?? null,
    live: record !== undefined && isLive(record),
    marked: atStripe !== undefined && ownerOf(atStripe) === userId,
    paidUntil: record?.currentPeriodEnd ?? null,
  };
}

/** A marker that does not expire yet was left by an erasure that was interrupted. */
const leavesRecord = (item: Item | undefined): boolean =>
  item !== undefined && !(isErased(item) && item['expiresAt'] !== undefined);
