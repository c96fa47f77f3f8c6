import type Stripe from 'stripe';
import type { Item } from '../records/items.ts';
import { CHARGE_PREFIX, isSubscriptionKey, type Table } from '../records/table.ts';
import { itemsOf } from '../records/users.ts';
import { heldAtStripe, type HeldAtStripe } from './at-stripe.ts';
import { ownCustomers } from './customers.ts';

/** Everything that is held about a user. */
export interface PersonalData {
  readonly userId: string;
  readonly records: HeldRecords;
  readonly stripe: readonly HeldAtStripe[];
}

/** The table's items of the user, as they stand there; by kind, so that each can be said to be what it is. */
export interface HeldRecords {
  readonly customer: readonly Item[];
  readonly subscriptions: readonly Item[];
  readonly access: readonly Item[];
  readonly charges: readonly Item[];
  /** Of kinds that a later version has added. */
  readonly other: readonly Item[];
}

/** Reads, writes nothing. Empty for somebody whom neither the records nor Stripe know. */
export async function personalData(stripe: Stripe, table: Table, userId: string): Promise<PersonalData> {
  const items = await itemsOf(table, userId, 'now');
  const customers = await ownCustomers(stripe, userId, items);
  const held: HeldAtStripe[] = [];
  for (const customer of customers) held.push(await heldAtStripe(stripe, customer));
  return { userId, records: byKind(items), stripe: held };
}

export const isNothing = ({ records, stripe }: PersonalData): boolean =>
  stripe.length === 0 && Object.values(records).every((items: readonly Item[]) => items.length === 0);

const KINDS: Readonly<Record<Exclude<keyof HeldRecords, 'other'>, (sk: string) => boolean>> = {
  customer: (sk) => sk === 'customer' || sk.startsWith('former-customer#'),
  subscriptions: isSubscriptionKey,
  access: (sk) => sk === 'access',
  charges: (sk) => sk.startsWith(CHARGE_PREFIX),
};

function byKind(items: readonly Item[]): HeldRecords {
  const of = (is: (sk: string) => boolean) => items.filter(({ sk }) => is(String(sk)));
  const { customer, subscriptions, access, charges } = KINDS;
  const other = of((sk) => Object.values(KINDS).every((is) => !is(sk)));
  return {
    customer: of(customer),
    subscriptions: of(subscriptions),
    access: of(access),
    charges: of(charges),
    other,
  };
}
